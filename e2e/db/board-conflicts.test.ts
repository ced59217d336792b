import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeKey } from "@/lib/board/gestures";
import { adding, changing, completing, dating, moving, trashing } from "@/lib/board/verbs";
import type { Person } from "../factories";
import { type Device, names, openDevice, readBoard } from "../support/board-device";
import { aGesture, memoryStorage } from "../support/board-samples";
import { query } from "../support/database";
import { type InProcessApi, openApi } from "../support/in-process-api";

let api: InProcessApi;
let person: Person;
let phone: Device;
let laptop: Device & { isOnline: boolean };
let id: string;

beforeAll(async () => {
  api = await openApi();
}, 60_000);

afterAll(() => api.close());

/** Two devices with one task. The laptop's changes arrive only while it is online; what it is told, always. */
beforeEach(async () => {
  person = await api.person();
  phone = await openDevice({ person, fetch: api.fetch });
  phone.board.act(adding(phone.board.view(), [{ title: "A", place: "do" }], names));
  await phone.saved();
  id = phone.tasks()[0]?.id ?? "";
  const line = { isOnline: true };
  const device = await openDevice({
    person,
    fetch: async (input, init) => {
      if (!line.isOnline && !String(input).includes("sync")) throw new TypeError("Failed to fetch");
      return api.fetch(String(input), init);
    },
  });
  laptop = Object.assign(line, device);
});

afterEach(() => {
  phone.live.stop();
  laptop.live.stop();
});

const change = ({ board }: Device, fields: Parameters<typeof changing>[2]) =>
  board.act(changing(board.view(), id, fields));

const stored = async () => (await readBoard(phone.client)).tasks.find((task) => task.id === id);

/** Nobody knows of the other's doing when it is done; the laptop's arrives last, before or after it is told of the phone's. */
async function meanwhile(isTold: boolean, onLaptop: () => void, onPhone: () => void): Promise<void> {
  laptop.isOnline = false;
  onLaptop();
  onPhone();
  await phone.saved();
  if (isTold) {
    laptop.live.start();
    const version = (await stored())?.version;
    await laptop.shows(() => laptop.task(id)?.version === version);
  }
  laptop.isOnline = true;
  laptop.board.retry();
  await laptop.saved();
}

const press = (label: string) => {
  const [notice] = laptop.errors();
  if (!notice) throw new Error("Nothing is asked.");
  laptop.board.notices.dismiss(notice.id);
  notice.actions.find((action) => action.label === label)?.run();
  return laptop.saved();
};

const DUE = { due_datetime: "2026-10-16T00:00:00.000Z", due_all_day: true };
const LATER = { due_datetime: "2026-10-19T00:00:00.000Z", due_all_day: true };

describe.each([
  ["before the laptop has heard of it", false],
  ["after the laptop was told", true],
])("two who write at the same time, the second one %s", (_, isTold) => {
  test("E29 different fields merge, and nobody is asked", async () => {
    const due = () => laptop.board.act(dating(laptop.board.view(), [id], DUE, "Friday"));
    await meanwhile(isTold, due, () => change(phone, { title: "B" }));
    expect(await stored()).toMatchObject({ title: "B", ...DUE });
    expect([laptop.tasks(), laptop.errors()]).toEqual([[await stored()], []]);
  });

  test.each([
    ["title", { title: "Mine" }, { title: "Theirs" }],
    ["notes", { description: "Mine" }, { description: "Theirs" }],
    ["date", DUE, LATER],
  ])("E29 the same %s: the person is asked, and has either", async (_, mine, theirs) => {
    await meanwhile(
      isTold,
      () => change(laptop, mine),
      () => change(phone, theirs),
    );
    expect(laptop.task(id)).toMatchObject(theirs);
    expect(laptop.errors()).toHaveLength(1);
    expect(laptop.errors()[0]?.text).toMatch(/^“.+” was changed elsewhere meanwhile/);
    await press("Keep mine");
    expect(await stored()).toMatchObject(mine);
    expect([laptop.tasks(), laptop.errors()]).toEqual([[await stored()], []]);
    laptop.board.undo();
    await laptop.saved();
    expect(await stored()).toMatchObject(theirs);
  });

  test("E29 to keep theirs leaves it at that, and takes the draft away", async () => {
    laptop.board.journal.keepDraft(`notes:${id}`, "Mine", null);
    await meanwhile(
      isTold,
      () => change(laptop, { description: "Mine" }),
      () => change(phone, { description: "Theirs" }),
    );
    await press("Keep theirs");
    expect(await stored()).toMatchObject({ description: "Theirs", version: 2 });
    expect(laptop.storage.length).toBe(0);
    expect(laptop.board.store.get().undoLabel).toBeNull();
  });

  test("who goes on writing is asked once, for the last words", async () => {
    const seen = laptop.task(id);
    if (!seen) throw new Error("There is no task.");
    const write = (description: string) =>
      laptop.board.act(changing(laptop.board.view(), id, { description }), { seen: [seen] });
    await meanwhile(
      isTold,
      () => ["M", "Mi", "Mine"].map(write),
      () => change(phone, { description: "Theirs" }),
    );
    expect(laptop.errors().map(({ lines }) => lines)).toEqual([["Yours: Mine"]]);
    expect(await stored()).toMatchObject({ description: "Theirs" });
    write("Mine, and more");
    await laptop.saved();
    expect(laptop.errors().map(({ lines }) => lines)).toEqual([["Yours: Mine, and more"]]);
    await press("Keep mine");
    expect(await stored()).toMatchObject({ description: "Mine, and more" });
  });

  test("what has to be sent again comes before what was done after it", async () => {
    const { board } = laptop;
    await meanwhile(
      isTold,
      () => {
        board.act(moving(board.view(), [id], "schedule", names));
        board.undo();
      },
      () => change(phone, { title: "B" }),
    );
    expect(await stored()).toMatchObject({ title: "B", priority: "urgent_important" });
    expect([laptop.tasks(), laptop.errors()]).toEqual([[await stored()], []]);
  });

  test("of place, order and completion the last one counts", async () => {
    const { board } = laptop;
    await meanwhile(
      isTold,
      () => {
        board.act(moving(board.view(), [id], "schedule", names));
        board.act(completing(board.view(), [id], false));
      },
      () => {
        phone.board.act(moving(phone.board.view(), [id], "drop", names));
        change(phone, { title: "B" });
      },
    );
    expect(await stored()).toMatchObject({ title: "B", priority: "not_urgent_important" });
    expect([laptop.tasks(), laptop.errors()]).toEqual([[await stored()], []]);
  });

  test("to undo what was changed again since is refused, and what is there stays", async () => {
    change(laptop, { title: "B" });
    await laptop.saved();
    phone.board.learn([await stored()].flatMap((task) => task ?? []));
    await meanwhile(
      isTold,
      () => laptop.board.undo(),
      () => change(phone, { title: "C" }),
    );
    expect(laptop.task(id)?.title).toBe(isTold ? "C" : "B");
    expect(laptop.errors()[0]?.text).toBe("Couldn’t save: Undone: Changed “A”. It was changed again since.");
    expect([laptop.board.store.get().undoLabel, laptop.board.store.get().redoLabel]).toEqual([null, null]);
  });
});

describe("what was deleted on the phone meanwhile", () => {
  test("to delete what is gone already is done", async () => {
    const trash = ({ board }: Device) => board.act(trashing(board.view(), [id]));
    laptop.isOnline = false;
    trash(laptop);
    trash(phone);
    await phone.saved();
    laptop.isOnline = true;
    laptop.board.retry();
    await laptop.saved();
    expect([laptop.tasks(), laptop.errors()]).toEqual([[], []]);
  });

  test("to write to what was deleted is told, and the words are not lost", async () => {
    laptop.isOnline = false;
    change(laptop, { title: "Mine" });
    phone.board.act(trashing(phone.board.view(), [id]));
    await phone.saved();
    laptop.isOnline = true;
    laptop.board.retry();
    await laptop.saved();
    expect(laptop.tasks()).toEqual([]);
    expect(laptop.errors()[0]?.text).toBe("Couldn’t save: Changed “A”. It was deleted elsewhere.");
    await press("Restore with my changes");
    expect(await stored()).toMatchObject({ title: "Mine" });
    expect([laptop.tasks(), laptop.errors()]).toEqual([[await stored()], []]);
    laptop.board.undo();
    await laptop.saved();
    expect(await stored()).toBeUndefined();
  });

  test("to move what was deleted is told, and there is nothing to save of it", async () => {
    laptop.isOnline = false;
    laptop.board.act(moving(laptop.board.view(), [id], "drop", names));
    phone.board.act(trashing(phone.board.view(), [id]));
    await phone.saved();
    laptop.isOnline = true;
    laptop.board.retry();
    await laptop.saved();
    expect(laptop.errors()).toMatchObject([{ actions: [] }]);
    expect(laptop.board.store.get().undoLabel).toBeNull();
  });
});

test("a part that fails is told by its titles, and the rest is done", async () => {
  phone.board.act(adding(phone.board.view(), [{ title: "B", place: "do" }], names));
  await phone.saved();
  laptop = Object.assign(await openDevice({ person, fetch: api.fetch }), { isOnline: true });
  phone.board.act(trashing(phone.board.view(), [id]));
  await phone.saved();
  const { board } = laptop;
  board.act(moving(board.view(), [...board.view().places.do], "drop", names));
  await laptop.saved();
  expect(laptop.errors()).toMatchObject([
    { text: "Moved 2 tasks to drop: that failed for 1 of 2.", lines: ["“A”: It was deleted elsewhere."] },
  ]);
  expect(laptop.tasks()).toMatchObject([{ title: "B", priority: "not_urgent_not_important" }]);
});

test("a create that was done already, days ago, is done", async () => {
  const storage = memoryStorage();
  const operations = [{ op: "create" as const, id, body: { title: "A" } }];
  const device = await openDevice({ person, fetch: api.fetch, storage });
  device.board.journal.keep(aGesture(makeKey(), operations));
  device.board.resume();
  await device.saved();
  expect([device.tasks(), device.errors(), storage.length]).toEqual([[await stored()], [], 0]);
});

test("410: who comes back after the changes were dropped reads everything anew", async () => {
  phone.board.act(trashing(phone.board.view(), [id]));
  phone.board.act(adding(phone.board.view(), [{ title: "B", place: "do" }], names));
  await phone.saved();
  await query(api.databaseUrl, "update spaces set floor_seq = seq where id = $1", [person.id]);
  laptop.live.start();
  await laptop.shows(() => laptop.tasks().length === 1 && laptop.task(id) === undefined);
  expect(laptop.tasks()).toEqual((await readBoard(phone.client)).tasks);
});
