import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { aTask } from "@/e2e/support/board-samples";
import { ApiError, type Change, NetworkError, type SyncPage } from "@/lib/client/client";
import { Live } from "./live";
import { SessionEnded } from "./session";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const page = (token: string, changes: Change[] = [], rest: Partial<SyncPage> = {}): SyncPage => ({
  changes,
  next_token: token,
  has_more: false,
  full: false,
  ...rest,
});

const upsert = (id: string, version: number): Change => ({
  seq: version,
  entity: "task",
  entity_id: id,
  op: "upsert",
  version,
  at: "2026-10-14T08:00:00.000Z",
  object: aTask(id, { version }),
});

type Answer = SyncPage | Error;

/** Each question meets the next answer; after the last one nothing ever happens, and no answer is held back. */
function open(...answers: Answer[]) {
  const told: string[] = [];
  const asked: (string | undefined)[] = [];
  const live = new Live({
    token: "t0",
    client: {
      sync: {
        async list(query) {
          asked.push(query?.token);
          const answer = answers.shift() ?? page(query?.token ?? "none");
          if (answer instanceof Error) throw answer;
          return { data: answer, status: 200, etag: null, changeId: null, isReplay: false, requestId: null };
        },
      },
    },
    changed: (tasks, gone) =>
      told.push(
        ...tasks.map(({ id, version }) => `${id}@${version}`),
        ...gone.map(({ id, version }) => `-${id}@${version}`),
      ),
    replaced: (all) => told.push(`all: ${all.map(({ id }) => id)}`),
    reached: (isReached) => told.push(isReached ? "reached" : "unreached"),
  });
  return { live, told, asked, news: () => told.filter((text) => !text.endsWith("reached")) };
}

describe("what is written elsewhere", () => {
  test("is told, of each task the last, and asked on from there at once", async () => {
    const gone: Change = { ...upsert("b", 3), op: "delete", object: null };
    const { live, asked, news } = open(page("t1", [upsert("a", 1), upsert("b", 2), upsert("a", 4), gone]));
    live.start();
    await vi.advanceTimersByTimeAsync(0);
    live.stop();
    expect(news()).toEqual(["a@4", "-b@3"]);
    expect(asked).toEqual(["t0", "t1"]);
  });

  test("is asked for every second and a half, no more, where the server holds no answer back", async () => {
    const { live, asked } = open();
    live.start();
    await vi.advanceTimersByTimeAsync(15_000);
    live.stop();
    expect(asked).toHaveLength(11);
  });

  test("is not asked for while nobody looks, and then from where it was", async () => {
    const { live, asked } = open(page("t1", [upsert("a", 1)]));
    live.start();
    live.start();
    await vi.advanceTimersByTimeAsync(1_000);
    live.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual(["t0", "t1"]);
    live.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual(["t0", "t1", "t1"]);
  });

  test("410: everything is read anew, page by page, and followed from there", async () => {
    const { live, asked, news } = open(
      new ApiError(410, { code: "sync_token_expired" }),
      page("f1", [upsert("a", 1)], { full: true, has_more: true }),
      page("f2", [upsert("b", 1)], { full: true }),
    );
    live.start();
    await vi.advanceTimersByTimeAsync(0);
    live.stop();
    expect(news()).toEqual(["all: a,b"]);
    expect(asked).toEqual(["t0", undefined, "f1", "f2"]);
  });

  test("a full sync that breaks off begins again from the beginning", async () => {
    const { live, asked, news } = open(
      new ApiError(410, { code: "sync_token_expired" }),
      page("f1", [upsert("a", 1)], { full: true, has_more: true }),
      new NetworkError("away"),
      page("g1", [upsert("c", 1)], { full: true }),
    );
    live.start();
    await vi.advanceTimersByTimeAsync(4_000);
    live.stop();
    expect(news()).toEqual(["all: c"]);
    expect(asked.slice(0, 4)).toEqual(["t0", undefined, "f1", undefined]);
  });

  test.each([
    ["no answer", new NetworkError("away"), "unreached"],
    ["503", new ApiError(503, { code: "unavailable" }), "unreached"],
    ["429", new ApiError(429, { code: "rate_limited" }), "reached"],
  ])("%s is tried again after a while", async (_, error, said) => {
    const { live, told, asked } = open(error, error);
    live.start();
    await vi.advanceTimersByTimeAsync(2_900);
    expect([told, asked.length]).toEqual([[said], 1]);
    await vi.advanceTimersByTimeAsync(3_200);
    live.stop();
    expect([told, asked.length]).toEqual([[said, said, "reached"], 3]);
  });

  test("when nobody is signed in it rests until it is started again", async () => {
    const { live, asked } = open(new SessionEnded("over"));
    live.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
    live.start();
    await vi.advanceTimersByTimeAsync(0);
    live.stop();
    expect(asked).toHaveLength(2);
  });
});
