import type { Page } from "playwright/test";
import { expect, region, row, test, titlesIn } from "../board-fixtures";

const bar = (page: Page) => page.getByRole("textbox", { name: "Filter the board" });

const countOf = (page: Page, name: string, text: string) =>
  expect(region(page, name).getByRole("banner").or(region(page, name).locator("header"))).toContainText(text);

const due = (date: string) => ({ due_datetime: `${date}T00:00:00.000Z`, due_all_day: true });

test("E27 a filter applies to all quadrants, counts, and is an address", async ({ board, context }) => {
  await board.seed(
    { title: "Pay the rent", ...due("2026-10-16") },
    { title: "Pay the tax", ...due("2026-12-01") },
    "Call home",
    { title: "Pay a visit", in: "schedule", ...due("2026-10-13") },
  );
  const page = await board.open();
  await bar(page).fill("pay due:<7d");
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["Pay the rent"]);
  await expect.poll(() => titlesIn(page, "Schedule")).toEqual(["Pay a visit"]);
  await countOf(page, "Do", "1 / 3");
  await expect(page.getByText("2 of 4")).toBeVisible();
  await expect(page).toHaveURL(/\?q=pay\+due%3A%3C7d$/);

  await page.reload();
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["Pay the rent"]);
  const other = await context.newPage();
  await other.clock.setFixedTime(await page.evaluate(() => Date.now()));
  await other.goto(page.url());
  await expect.poll(() => titlesIn(other, "Schedule")).toEqual(["Pay a visit"]);
});

test("E27 back and forward step through the filters, not through their letters", async ({ board }) => {
  await board.seed("Tea", "Milk");
  const page = await board.open();
  await bar(page).pressSequentially("tea");
  await page.keyboard.press("Enter");
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["Tea"]);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("milk");
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["Milk"]);
  await page.goBack();
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["Tea"]);
  await page.goBack();
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["Tea", "Milk"]);
  await page.goForward();
  await expect(bar(page)).toHaveValue("tea");
});

test("a filter that lets nothing through says so, and is cleared with one click", async ({ board }) => {
  await board.seed("Tea");
  const page = await board.open("/matrix?q=coffee");
  await expect(page.getByText("No tasks match “coffee”.")).toBeVisible();
  await expect(region(page, "Do")).toContainText("Nothing here matches the filter.");
  await expect(region(page, "Drop")).toContainText("Nothing to drop.");
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await expect(row(page, "Tea")).toBeVisible();
});

test("overdue is what is late where the account is, whatever zone the browser is in", async ({ board }) => {
  await board.seed(
    { title: "Yesterday", ...due("2026-10-13") },
    { title: "Today", ...due("2026-10-14") },
    { title: "An hour ago", due_datetime: "2026-10-14T07:00:00.000Z" },
    { title: "In an hour", due_datetime: "2026-10-14T09:00:00.000Z" },
  );
  const page = await board.open("/matrix?q=is:overdue");
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["Yesterday", "An hour ago"]);
});
