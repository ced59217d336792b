import { describe, expect, test } from "vitest";
import { aTask, memoryStorage } from "@/e2e/support/board-samples";
import { NetworkError } from "@/lib/client/client";
import { Board } from "./board";
import { createJournal } from "./journal";
import type { Sender } from "./send";
import { SessionEnded } from "./session";
import { adding, completing, moving } from "./verbs";

const MANY = 1_000;

const preferences = {
  time_zone: null,
  week_start: "monday",
  date_format: "locale",
  theme: "system",
  density: "comfortable",
  shortcuts: true,
  tips: true,
  quadrant_names: { do: "Do", schedule: "Schedule", delegate: "Delegate", drop: "Drop" },
} as const;

const silent = {
  batch: { create: () => new Promise<never>(() => {}) },
  changes: { undo: () => new Promise<never>(() => {}) },
};

function open({ client = silent as Sender, count = 0, storage = memoryStorage() } = {}) {
  const tasks = Array.from({ length: count }, (_, index) =>
    aTask(`${index}`.padStart(6, "0"), { position: `b${index.toString(36).padStart(4, "0")}1`.slice(0, 6) }),
  );
  return new Board({ userId: "u", tasks, preferences, journal: createJournal(storage, "u"), client });
}

const names = (place: string) => place;

const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];

describe("with a thousand tasks", () => {
  test("what the person does shows within 4 ms", () => {
    const board = open({ count: MANY });
    const took = Array.from({ length: 101 }, (_, nth) => {
      const id = board.view().places.do[nth % 7] ?? "";
      const startedMs = performance.now();
      board.act(moving(board.view(), [id], nth % 2 ? "do" : "schedule", names));
      return performance.now() - startedMs;
    });
    expect(median(took)).toBeLessThan(4);
  });
});

/** Refuses every batch for this reason until it is over. */
function refusing(error: Error) {
  const state = { isOver: false, asked: 0 };
  const create: Sender["batch"]["create"] = async ({ operations }) => {
    state.asked += 1;
    if (!state.isOver) throw error;
    const results = operations.map(({ id = "" }) => ({ status: 200, data: aTask(id, { version: 2 }) }));
    const rest = { status: 200, etag: null, changeId: "c", isReplay: false, requestId: null };
    return { data: { results }, ...rest };
  };
  return { state, client: { ...silent, batch: { create } } };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

describe("while it cannot be saved", () => {
  test("because nobody is signed in, everything is kept in order, and saved once somebody is", async () => {
    const { state, client } = refusing(new SessionEnded("over"));
    const storage = memoryStorage();
    const board = open({ client, count: 3, storage });
    const [first = "", second = ""] = board.view().places.do;
    board.act(completing(board.view(), [first], true));
    await turn();
    board.act(moving(board.view(), [second], "drop", names));
    board.act(adding(board.view(), [{ title: "New", place: "do" }], names));
    await turn();
    expect(state.asked).toBe(1);
    expect(board.store.get()).toMatchObject({ isSignedOut: true, outbox: { queued: 3 } });
    expect(board.view().places.drop).toEqual([second]);
    expect(storage.length).toBe(3);
    state.isOver = true;
    board.signedIn();
    await turn();
    expect(board.store.get()).toMatchObject({ isSignedOut: false, outbox: { queued: 0, waiting: null } });
    expect([state.asked, storage.length, board.notices.store.get().list.length]).toEqual([4, 0, 1]);
  });

  test("because there is no network, it is sent as soon as there is one again, and not before", async () => {
    const { state, client } = refusing(new NetworkError("away"));
    const board = open({ client, count: 1 });
    board.act(completing(board.view(), board.view().places.do, true));
    await turn();
    board.reached(true);
    board.reached(false);
    await turn();
    expect(state.asked).toBe(1);
    state.isOver = true;
    board.reached(true);
    await turn();
    expect([state.asked, board.store.get().outbox.queued]).toEqual([2, 0]);
  });
});

test("nothing is done where there is nothing to do", () => {
  const board = open({ count: 1 });
  expect(board.act(completing(board.view(), ["unknown"], true))).toBe(false);
  expect(board.undo()).toBeNull();
  expect(board.redo()).toBeNull();
  expect(board.store.get().outbox.queued).toBe(0);
});
