import type { Page } from "playwright/test";
import { expect, region, row, stored, test, titlesIn } from "../board-fixtures";
import { BATCH, refuse, requestsTo } from "./network";

test.use({ tolerated: [/500/] });

const toast = (page: Page, text: string) =>
  page.getByRole("region", { name: "Notifications" }).getByRole("listitem").filter({ hasText: text });

async function drag(page: Page, title: string, to: string): Promise<void> {
  const from = await row(page, title).boundingBox();
  const target = await region(page, to).boundingBox();
  if (!from || !target) throw new Error("Something is not there.");
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 8 });
}

test("E18 Escape during a drag asks for nothing, and the card is home", async ({ board }) => {
  await board.seed("A", "B");
  const page = await board.open();
  const batches = requestsTo(page, "/api/v1/batch");
  await drag(page, "A", "Schedule");
  await expect(region(page, "Schedule")).toHaveAttribute("data-over", "");
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(await titlesIn(page, "Do")).toEqual(["A", "B"]);
  // What is done next is the first that is asked for.
  await row(page, "B").focus();
  await page.keyboard.press("3");
  await expect.poll(() => stored(board.api, "delegate")).toEqual(["B"]);
  expect(batches).toHaveLength(1);
});

test("E18 a move that the server fails flies back, says so, and Retry does it", async ({ board }) => {
  await board.seed("A", "B");
  const page = await board.open();
  let answer = () => {};
  const isAnswered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(BATCH, async (route) => {
    await isAnswered;
    await refuse(route, 500, { code: "internal", headers: { "x-request-id": "r-500" } });
  });
  await drag(page, "A", "Schedule");
  await page.mouse.up();
  await expect.poll(() => titlesIn(page, "Schedule")).toEqual(["A"]);
  answer();
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["A", "B"]);
  const alert = page.getByRole("alert").filter({ hasText: "Couldn’t save: Moved “A”" });
  await expect(alert).toBeVisible();
  await page.unroute(BATCH);
  await toast(page, "Couldn’t save: Moved “A”").getByRole("button", { name: "Retry" }).click();
  await expect.poll(() => titlesIn(page, "Schedule")).toEqual(["A"]);
  await expect.poll(() => stored(board.api, "schedule")).toEqual(["A"]);
  await expect(alert).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect.poll(() => stored(board.api, "do")).toEqual(["A", "B"]);
});

test("E18 what is thrown away stays as it was", async ({ board }) => {
  await board.seed("A");
  const page = await board.open();
  await page.route(BATCH, (route) => refuse(route, 500, { code: "internal" }), { times: 1 });
  await row(page, "A").focus();
  await page.keyboard.press("2");
  await toast(page, "Couldn’t save").getByRole("button", { name: "Discard" }).click();
  await expect(toast(page, "Couldn’t save")).toHaveCount(0);
  expect(await titlesIn(page, "Do")).toEqual(["A"]);
});

test.describe("E19 what is completed comes back to its place with all it had", () => {
  const ways = {
    "by the button of the toast": (page: Page) =>
      toast(page, "Completed “B”").getByRole("button", { name: "Undo" }).click(),
    "by Ctrl+Z": (page: Page) => page.keyboard.press("Control+z"),
    "by the palette, when the toast is gone": async (page: Page) => {
      await toast(page, "Completed “B”").getByRole("button", { name: "Dismiss" }).click();
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("undo");
      await page.getByRole("option", { name: "Undo: completed “B”" }).click();
    },
  };
  for (const [name, undo] of Object.entries(ways))
    test(name, async ({ board }) => {
      const ids = await board.seed(
        "A",
        { title: "B", description: "Notes", due_datetime: "2026-10-16T00:00:00Z", due_all_day: true },
        "C",
      );
      const read = async () => {
        const { body } = await board.api("GET", `/api/v1/tasks/${ids.B}`);
        const { version: _, updated_at: __, ...task } = body.data;
        return task;
      };
      const before = await read();
      const page = await board.open();
      await row(page, "B").focus();
      await page.keyboard.press("Space");
      await expect(row(page, "B")).toHaveCount(0);
      await expect(row(page, "C")).toBeFocused();
      await expect.poll(async () => (await read()).is_completed).toBe(true);
      await undo(page);
      await expect.poll(() => titlesIn(page, "Do")).toEqual(["A", "B", "C"]);
      await expect.poll(read).toEqual(before);
      await expect(toast(page, "Completed “B”")).toHaveCount(0);
    });
});

test("E19 the toast waits while it is pointed at or has the focus, and goes after ten seconds otherwise", async ({
  board,
}) => {
  await board.seed("A", "B");
  const page = await board.open();
  await row(page, "A").focus();
  await page.keyboard.press("Space");
  const done = toast(page, "Completed “A”");
  await page.clock.fastForward(9_000);
  await expect(done).toBeVisible();
  await done.hover();
  await done.getByRole("button", { name: "Undo" }).focus();
  await page.clock.fastForward(20_000);
  await expect(done).toBeVisible();
  await page.mouse.move(0, 0);
  await page.clock.fastForward(20_000);
  await expect(done).toBeVisible();
  await row(page, "B").focus();
  await page.clock.fastForward(3_000);
  await expect(done).toHaveCount(0);
});
