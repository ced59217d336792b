import type { Page } from "playwright/test";
import { expect, region, row, stored, test, titlesIn } from "../board-fixtures";
import { requestsTo, turnTo } from "./network";

test.use({ tolerated: [/ERR_INTERNET_DISCONNECTED/] });
test.describe.configure({ timeout: 45_000 });

const titleOf = (page: Page) => page.getByRole("textbox", { name: "Title", exact: true });

const notices = (page: Page) => page.getByRole("region", { name: "Notifications" }).getByRole("listitem");

test("what another device does shows within two seconds", async ({ board }) => {
  const ids = await board.seed("A");
  const page = await board.open();
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["A"]);
  const took: number[] = [];
  const measure = async (write: () => Promise<unknown>, look: () => Promise<unknown>) => {
    await write();
    const startedMs = Date.now();
    await look();
    took.push(Date.now() - startedMs);
  };
  await measure(
    () => board.seed({ title: "B", in: "schedule" }),
    () => expect(row(page, "B")).toBeVisible(),
  );
  await measure(
    () => board.api("PATCH", `/api/v1/tasks/${ids.A}`, { body: { title: "A, renamed" } }),
    () => expect(row(page, "A, renamed")).toBeVisible(),
  );
  await measure(
    () => board.api("DELETE", `/api/v1/tasks/${ids.A}`),
    () => expect(row(page, "A, renamed")).toHaveCount(0),
  );
  expect(Math.max(...took)).toBeLessThan(2_000);
});

test("a page that nobody looks at asks for nothing, and catches up when somebody does", async ({ board }) => {
  await board.seed("A", "B");
  const page = await board.open();
  const other = await board.device();
  await turnTo(page, "hidden");
  const asked = requestsTo(page, "/api/v1/sync");
  await board.seed("New");
  await expect(row(other, "New")).toBeVisible();
  await row(page, "A").focus();
  await page.keyboard.press("2");
  await expect(region(other, "Schedule").getByRole("row", { name: "A" })).toBeVisible();
  expect(asked).toEqual([]);
  await expect(row(page, "New")).toHaveCount(0);
  await turnTo(page, "visible");
  await expect(row(page, "New")).toBeVisible();
});

test("E29 different fields that two devices change while one is offline are merged without a word", async ({
  board,
  context,
}) => {
  const ids = await board.seed("A");
  const page = await board.open();
  await context.setOffline(true);
  await row(page, "A").focus();
  await page.keyboard.press("2");
  await expect(page.getByRole("status").filter({ hasText: "Offline · 1 change waits" })).toBeVisible();
  await board.api("PATCH", `/api/v1/tasks/${ids.A}`, {
    body: { title: "B", due_datetime: "2026-10-16T00:00:00Z", due_all_day: true },
  });
  await context.setOffline(false);
  await expect.poll(() => stored(board.api, "schedule")).toEqual(["B"]);
  await expect(region(page, "Schedule").getByRole("row", { name: "B" })).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "elsewhere" })).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "Offline" })).toHaveCount(0);
});

for (const [choice, expected] of [
  ["Keep mine", "Mine"],
  ["Keep theirs", "Theirs"],
] as const)
  test(`E29 the same words changed on two devices: “${choice}” counts on both`, async ({
    board,
    context,
  }) => {
    const ids = await board.seed("A");
    const page = await board.open(`/task/${ids.A}`);
    const other = await board.device();
    await context.setOffline(true);
    await titleOf(page).fill("Mine");
    await titleOf(page).press("Enter");
    await board.api("PATCH", `/api/v1/tasks/${ids.A}`, { body: { title: "Theirs" } });
    await context.setOffline(false);
    await expect(notices(page).filter({ hasText: "was changed elsewhere meanwhile" })).toBeVisible();
    await expect(titleOf(page)).toHaveValue("Theirs");
    await page.getByRole("button", { name: choice }).click();
    await expect(titleOf(page)).toHaveValue(expected);
    await expect(row(other, expected)).toBeVisible();
    await expect.poll(() => stored(board.api, "do")).toEqual([expected]);
    await expect(page.getByRole("alert").filter({ hasText: "elsewhere" })).toHaveCount(0);
  });

test("E29 notes that two write at the same time: the field keeps mine until I choose", async ({ board }) => {
  const ids = await board.seed("A");
  const page = await board.open(`/task/${ids.A}`);
  const notes = page.getByRole("textbox", { name: "Notes" });
  await notes.focus();
  await board.api("PATCH", `/api/v1/tasks/${ids.A}`, { body: { description: "Theirs", title: "B" } });
  await expect(titleOf(page)).toHaveValue("B");
  await notes.pressSequentially("Mine");
  const question = notices(page).filter({ hasText: "was changed elsewhere meanwhile" });
  await expect(question).toBeVisible();
  await expect(notes).toHaveValue("Mine");
  await question.getByRole("button", { name: "Keep theirs" }).click();
  await expect(notes).toHaveValue("Theirs");
  await page.reload();
  await expect(notes).toHaveValue("Theirs");
  await expect(page.getByText("Restore your unsaved text?")).toHaveCount(0);
});

test("E31 what comes in meanwhile disturbs no drag", async ({ board }) => {
  const ids = await board.seed("A", "B", "C", { title: "D", in: "schedule" });
  const page = await board.open();
  const [from, to] = [await row(page, "A").boundingBox(), await row(page, "D").boundingBox()];
  if (!from || !to) throw new Error("Something is not there.");
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y + to.height - 2, { steps: 8 });
  await board.seed("New");
  await board.api("PATCH", `/api/v1/tasks/${ids.C}`, { body: { position: "a0" } });
  await expect(row(page, "New")).toBeVisible();
  await expect(region(page, "Schedule")).toHaveAttribute("data-over", "");
  await page.mouse.move(to.x + to.width / 2, to.y + to.height - 3);
  await page.mouse.up();
  await expect.poll(() => titlesIn(page, "Schedule")).toEqual(["D", "A"]);
  await expect.poll(() => stored(board.api, "schedule")).toEqual(["D", "A"]);
  expect(await titlesIn(page, "Do")).toEqual(await stored(board.api, "do"));
});

test("E31 what comes in meanwhile disturbs no caret, no focus and no selection", async ({ board }) => {
  const ids = await board.seed("A", "B", "C");
  const page = await board.open();
  await page.getByRole("checkbox", { name: "Select C" }).check();
  await row(page, "B").focus();
  await page.keyboard.press("F2");
  const input = page.getByRole("textbox", { name: "Title of B" });
  await input.fill("Between");
  await input.press("Home");
  await input.press("ArrowRight");
  await input.press("ArrowRight");
  await board.seed("New");
  for (const [title, body] of [
    ["A", { priority: "urgent_not_important" }],
    ["B", { due_datetime: "2026-10-16T00:00:00Z", due_all_day: true }],
  ] as const)
    await board.api("PATCH", `/api/v1/tasks/${ids[title]}`, { body });
  await expect(region(page, "Delegate").getByRole("row", { name: "A" })).toBeVisible();
  await expect(row(page, "New")).toBeVisible();
  await expect(input).toBeFocused();
  const caret = () => input.evaluate((element: HTMLInputElement) => element.selectionStart);
  expect([await input.inputValue(), await caret()]).toEqual(["Between", 2]);
  await expect(page.getByRole("checkbox", { name: "Select C" })).toBeChecked();
  await input.pressSequentially("!");
  await input.press("Enter");
  await expect.poll(() => stored(board.api, "do")).toContain("Be!tween");
});
