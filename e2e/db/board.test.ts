import { describe, expect, test } from "vitest";
import { adding, completing, dating, moving, restoring, trashing } from "@/lib/board/verbs";
import { names } from "../support/board-device";
import { boardsForTests, change, stored } from "../support/boards";

const { open, withTasks, failing, send } = boardsForTests();

describe("what is done here", () => {
  test("101 at one stroke are one step, which is taken back and done again as one", async () => {
    const titles = Array.from({ length: 101 }, (_, index) => `Task ${index}`);
    const { device, ids } = await withTasks(...titles);
    expect(device.tasks()).toEqual(await stored(device));
    device.board.act(completing(device.board.view(), ids, true));
    await device.saved();
    const completed = async () => (await stored(device)).filter((task) => task.is_completed).length;
    expect(await completed()).toBe(101);
    device.board.undo();
    await device.saved();
    expect([await completed(), device.board.view().places.do]).toEqual([0, ids]);
    device.board.redo();
    await device.saved();
    expect([await completed(), device.errors()]).toEqual([101, []]);
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
          : send(input, init),
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
