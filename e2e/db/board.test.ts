import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { adding, changing, completing, dating, moving, restoring, trashing } from "@/lib/board/verbs";
import type { Person } from "../factories";
import { type Device, names, openDevice, readBoard } from "../support/board-device";
import { type InProcessApi, openApi } from "../support/in-process-api";

let api: InProcessApi;
let person: Person;
const opened: Device[] = [];

beforeAll(async () => {
  api = await openApi();
});

afterAll(() => api.close());

afterEach(() => {
  for (const { live } of opened.splice(0)) live.stop();
});

type Fetch = typeof fetch;

async function open(options: { fetch?: Fetch; storage?: Storage } = {}): Promise<Device> {
  const device = await openDevice({ person, fetch: api.fetch, ...options });
  opened.push(device);
  return device;
}

/** Somebody new, with a device that has these tasks. */
async function withTasks(...titles: string[]) {
  person = await api.person();
  const device = await open();
  const tasks = titles.map((title) => ({ title, place: "do" as const }));
  device.board.act(adding(device.board.view(), tasks, names));
  await device.saved();
  const ids = titles.map((title) => device.tasks().find((task) => task.title === title)?.id ?? "");
  return { device, ids, id: ids[0] ?? "" };
}

const change = ({ board }: Device, id: string, fields: Parameters<typeof changing>[2]) =>
  board.act(changing(board.view(), id, fields));

const stored = async ({ client }: Device) => (await readBoard(client)).tasks;

/** Whether any of the two is to fail: before it is done, or after. */
const failing = (isLost: (path: string) => boolean, when: "before" | "after"): Fetch => {
  return async (input, init) => {
    const isFailing = isLost(String(input));
    if (isFailing && when === "before") throw new TypeError("Failed to fetch");
    const response = await api.fetch(String(input), init);
    if (isFailing) throw new TypeError("Failed to fetch");
    return response;
  };
};

describe("what is done here", () => {
  test("120 at one stroke are one step, which is taken back and done again as one", async () => {
    const titles = Array.from({ length: 120 }, (_, index) => `Task ${index}`);
    const { device, ids } = await withTasks(...titles);
    expect(device.tasks()).toEqual(await stored(device));
    device.board.act(completing(device.board.view(), ids, true));
    await device.saved();
    const completed = async () => (await stored(device)).filter((task) => task.is_completed).length;
    expect(await completed()).toBe(120);
    device.board.undo();
    await device.saved();
    expect([await completed(), device.board.view().places.do]).toEqual([0, ids]);
    device.board.redo();
    await device.saved();
    expect([await completed(), device.errors()]).toEqual([120, []]);
  }, 30_000);

  test("is undone before the server has even heard of it, in the order in which it was done", async () => {
    const { device, id } = await withTasks("A");
    const before = await stored(device);
    device.board.act(moving(device.board.view(), [id], "drop", names));
    change(device, id, { title: "B" });
    device.board.undo();
    device.board.redo();
    device.board.undo();
    device.board.undo();
    expect(device.task(id)).toMatchObject({ title: "A", priority: "urgent_important" });
    await device.saved();
    const [task] = await stored(device);
    expect({ ...task, version: 0, updated_at: "" }).toEqual({ ...before[0], version: 0, updated_at: "" });
    expect([device.tasks(), device.errors()]).toEqual([[task], []]);
  });

  test("its Undo is for it alone, whatever was undone meanwhile", async () => {
    const { device, id } = await withTasks("A");
    change(device, id, { title: "B" });
    const [notice] = device.board.notices.store.get().list;
    device.board.undo();
    notice?.actions[0]?.run();
    expect(device.board.store.get().undoLabel).toBe("Added “A” to do");
    await device.saved();
  });

  test("what the server finds nothing in to change leaves no step behind", async () => {
    const { device, id } = await withTasks("A");
    device.board.act(dating(device.board.view(), [id], null, ""));
    await device.saved();
    expect(device.board.store.get().undoLabel).toBe("Added “A” to do");
  });

  test("one that is refused is put back and told; the next one goes on; trying again can be undone", async () => {
    const { device, ids } = await withTasks("A", "B");
    const [a = "", b = ""] = ids;
    change(device, a, { title: "x".repeat(300) });
    change(device, b, { title: "B!" });
    await device.saved();
    expect(
      device
        .tasks()
        .map(({ title }) => title)
        .sort(),
    ).toEqual(["A", "B!"]);
    const [notice, ...others] = device.errors();
    expect(others).toEqual([]);
    expect(notice?.text).toMatch(/^Couldn’t save: Changed “A”\. title: must have 1 to 255 characters/);
    expect(device.board.store.get().undoLabel).toBe("Changed “B”");
  });

  test("500 is told with Retry, which does it, and which can be taken back", async () => {
    const { id } = await withTasks("A");
    let isBroken = true;
    const device = await open({
      fetch: async (input, init) =>
        isBroken && String(input).includes("batch")
          ? Response.json(
              { code: "internal", detail: "x" },
              { status: 500, headers: { "x-request-id": "r-1" } },
            )
          : api.fetch(String(input), init),
    });
    change(device, id, { title: "B" });
    await device.saved();
    expect(device.task(id)?.title).toBe("A");
    expect(device.errors()[0]).toMatchObject({
      text: "Couldn’t save: Changed “A”. The server could not do it.",
      lines: ["Request r-1"],
    });
    isBroken = false;
    device
      .errors()[0]
      ?.actions.find(({ label }) => label === "Retry")
      ?.run();
    await device.saved();
    expect((await stored(device))[0]?.title).toBe("B");
    device.board.undo();
    await device.saved();
    expect((await stored(device))[0]?.title).toBe("A");
  });
});

describe("an answer that was lost", () => {
  test.each([["before"], ["after"]] as const)("%s the server did it: it is done once", async (when) => {
    const { device, id } = await withTasks("A");
    let count = 0;
    const isLost = (path: string) => {
      count += path.includes("sync") ? 0 : 1;
      return !path.includes("sync") && count % 2 === 1;
    };
    const flaky = await open({ fetch: failing(isLost, when) });
    const stop = flaky.board.store.subscribe(() => {
      if (flaky.board.store.get().outbox.waiting) queueMicrotask(() => flaky.board.retry());
    });
    flaky.board.act(adding(flaky.board.view(), [{ title: "New", place: "do" }], names));
    change(flaky, id, { title: "B" });
    flaky.board.act(trashing(flaky.board.view(), [id]));
    flaky.board.undo();
    await flaky.saved();
    stop();
    const tasks = await stored(device);
    expect(tasks.map(({ title }) => title).sort()).toEqual(["B", "New"]);
    expect(tasks.find((task) => task.id === id)?.version).toBe(4);
    expect([flaky.tasks(), flaky.errors()]).toEqual([tasks, []]);
  });

  test("to what the board had not known and knows by now: the repetition is the very same, and can be undone", async () => {
    const { device, id } = await withTasks("A");
    const task = device.task(id);
    let isLost = true;
    const flaky = await open({ fetch: failing((path) => path.includes("batch") && isLost, "after") });
    flaky.board.learn([], [{ id }]);
    const operations = [{ op: "update" as const, id, body: { title: "B" } }];
    flaky.board.act({ verb: "Changed", label: "Changed “A”", operations }, { seen: task ? [task] : [] });
    await flaky.shows(({ store }) => store.get().outbox.waiting !== null);
    flaky.live.start();
    await flaky.shows(() => flaky.task(id)?.version === 2);
    isLost = false;
    flaky.board.retry();
    await flaky.saved();
    flaky.board.undo();
    await flaky.saved();
    expect([(await stored(device))[0]?.title, flaky.errors()]).toEqual(["A", []]);
  });

  test("while another deleted the task: the old answer does not bring it back", async () => {
    const { device, id } = await withTasks("A");
    let isLost = true;
    const flaky = await open({ fetch: failing((path) => path.includes("batch") && isLost, "after") });
    change(flaky, id, { title: "B" });
    await flaky.shows(({ store }) => store.get().outbox.waiting !== null);
    device.board.learn(await stored(device));
    device.board.act(trashing(device.board.view(), [id]));
    await device.saved();
    flaky.live.start();
    await flaky.shows(({ store }) => !store.get().tasks.has(id));
    isLost = false;
    flaky.board.retry();
    await flaky.saved();
    expect([flaky.task(id), flaky.errors()]).toEqual([undefined, []]);
  });
});

describe("a life of the page that ended too early", () => {
  /** Nothing of what it did got through. */
  async function ended(act: (device: Device) => void) {
    const dead = await open({ fetch: failing((path) => !path.includes("sync"), "before") });
    act(dead);
    await dead.shows(({ store }) => store.get().outbox.waiting !== null);
    return dead.storage;
  }

  test("is continued by the next one, in order, with what was undone in it", async () => {
    const { id } = await withTasks("A");
    const storage = await ended((dead) => {
      change(dead, id, { title: "B" });
      change(dead, id, { title: "C" });
      dead.board.undo();
      dead.board.act(completing(dead.board.view(), [id], true));
    });
    const next = await open({ storage });
    next.board.resume();
    next.board.resume();
    expect(next.task(id)).toMatchObject({ title: "B", is_completed: true });
    await next.saved();
    expect(await stored(next)).toMatchObject([{ title: "B", is_completed: true }]);
    expect([next.errors(), storage.length]).toEqual([[], 0]);
  });

  test("an undo of what was saved before finds what it takes back", async () => {
    const { id } = await withTasks("A");
    let isAway = false;
    const dead = await open({ fetch: failing((path) => isAway && !path.includes("sync"), "before") });
    change(dead, id, { title: "B" });
    await dead.saved();
    isAway = true;
    dead.board.undo();
    await dead.shows(({ store }) => store.get().outbox.waiting !== null);
    const next = await open({ storage: dead.storage });
    next.board.resume();
    await next.saved();
    expect((await stored(next))[0]?.title).toBe("A");
  });

  test("is continued once, however many pages do it", async () => {
    const { id } = await withTasks("A");
    const storage = await ended((dead) => {
      change(dead, id, { title: "B" });
      dead.board.act(adding(dead.board.view(), [{ title: "New", place: "do" }], names));
    });
    const pages = [await open({ storage }), await open({ storage })];
    for (const { board } of pages) board.resume();
    await Promise.all(pages.map((page) => page.saved()));
    const [page] = pages;
    if (!page) throw new Error("There is no page.");
    const tasks = await stored(page);
    expect(tasks.map(({ title, version }) => `${title}@${version}`).sort()).toEqual(["B@2", "New@1"]);
    expect(pages.map((each) => each.errors())).toEqual([[], []]);
  });

  test("what another page got through meanwhile is not done a second time, days later", async () => {
    const { device, id } = await withTasks("A");
    const storage = await ended((dead) => dead.board.act(completing(dead.board.view(), [id], true)));
    let isAway = true;
    const slow = await open({
      storage,
      fetch: failing((path) => isAway && !path.includes("sync"), "before"),
    });
    slow.board.resume();
    const quick = await open({ storage });
    quick.board.resume();
    await quick.saved();
    device.board.learn(await stored(device));
    device.board.act(completing(device.board.view(), [id], false));
    await device.saved();
    isAway = false;
    slow.board.retry();
    await slow.saved();
    expect((await stored(device))[0]?.is_completed).toBe(false);
  });
});

describe("restoring", () => {
  test("what another has restored already is told, and stays", async () => {
    const { device, id } = await withTasks("A");
    const task = device.task(id);
    const other = await open();
    device.board.act(trashing(device.board.view(), [id]));
    await device.saved();
    const trashed = task ? [{ ...task, deleted_at: task.created_at, version: 2 }] : [];
    other.board.learn(trashed);
    device.board.undo();
    await device.saved();
    other.board.act(restoring(trashed));
    await other.saved();
    other.live.start();
    await other.shows(({ store }) => store.get().tasks.get(id)?.version === 3);
    expect(other.task(id)?.deleted_at).toBeNull();
  });
});
