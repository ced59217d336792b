import { describe, expect, test } from "vitest";
import { adding, completing } from "@/lib/board/verbs";
import { type Device, names } from "../support/board-device";
import { boardsForTests, change, stored } from "../support/boards";

const { open, withTasks, failing, nextDay } = boardsForTests();

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
    const asked: string[] = [];
    const note = (path: string) => {
      if (!path.includes("sync")) asked.push(path);
      return false;
    };
    const next = await open({ storage, fetch: failing(note, "before") });
    next.board.resume();
    next.board.resume();
    expect(next.task(id)).toMatchObject({ title: "B", is_completed: true });
    await next.saved();
    expect(await stored(next)).toMatchObject([{ title: "B", is_completed: true }]);
    expect([next.errors(), storage.length, asked.length]).toEqual([[], 0, 4]);
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
    await nextDay();
    isAway = false;
    slow.board.retry();
    await slow.saved();
    expect((await stored(device))[0]?.is_completed).toBe(false);
  });
});
