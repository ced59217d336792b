import type { Page } from "playwright/test";
import { expect, region, row, stored, test } from "../board-fixtures";

const TITLES = Array.from({ length: 12 }, (_, index) => `Thought ${index + 1}`);

const unsorted = TITLES.map((title) => ({ title, in: "unsorted" as const }));

const card = (page: Page, title: string) => page.getByRole("article", { name: title, exact: true });

const lit = (page: Page) => page.locator("[data-lit]");

test.describe("/sort", () => {
  test("E23 decides one after the other by keys, skips, steps back, and ends where the board stands", async ({
    board,
  }) => {
    await board.seed(...unsorted);
    const page = await board.open("/inbox");
    await page.getByRole("link", { name: "Sort 12" }).click();
    await expect(page).toHaveURL(/\/sort$/);

    await expect(card(page, "Thought 1")).toBeFocused();
    await expect(page.getByText("1 of 12")).toBeVisible();
    await expect(page.getByText("Goes to: Drop")).toBeVisible();
    await page.keyboard.press("i");
    await expect(page.getByText("Goes to: Schedule")).toBeVisible();
    await expect(lit(page)).toHaveText(/2\s*Schedule/);
    await page.keyboard.press("Enter");

    await expect(card(page, "Thought 2")).toBeFocused();
    await expect(page.getByText("2 of 12")).toBeVisible();
    await page.keyboard.press("u");
    await expect(lit(page)).toHaveText(/3\s*Delegate/);
    await page.keyboard.press("i");
    await expect(lit(page)).toHaveText(/1\s*Do/);
    await page.keyboard.press("Enter");
    await expect(card(page, "Thought 3")).toBeFocused();
    await page.keyboard.press("3");
    await expect(card(page, "Thought 4")).toBeFocused();
    await page.keyboard.press("s");
    await expect(card(page, "Thought 5")).toBeFocused();
    await expect(page.getByText("5 of 12")).toBeVisible();
    await page.keyboard.press("#");
    await expect(card(page, "Thought 6")).toBeFocused();
    await expect
      .poll(async () => (await board.api("GET", "/api/v1/trash")).body.data.tasks.map(({ title }) => title))
      .toEqual(["Thought 5"]);

    await page.keyboard.press("Control+z");
    await expect(card(page, "Thought 5")).toBeFocused();
    await page.keyboard.press("Control+z");
    await expect(card(page, "Thought 4")).toBeFocused();
    await expect(page.getByText("4 of 12")).toBeVisible();
    await page.keyboard.press("Control+z");
    await expect(card(page, "Thought 3")).toBeFocused();
    await expect(page.getByText("3 of 12")).toBeVisible();

    await page.keyboard.press("3");
    await page.keyboard.press("s");
    for (let left = 8; left > 0; left -= 1) await page.keyboard.press("4");
    await expect(page.getByRole("heading", { level: 2 })).toHaveText(
      "All sorted but the one that you skipped. Do has 1.",
    );
    await page.getByRole("button", { name: "Sort what you skipped" }).click();
    await expect(card(page, "Thought 4")).toBeFocused();
    await page.keyboard.press("1");
    await expect(page.getByRole("heading", { level: 2 })).toHaveText("All sorted. Do has 2.");

    await page.getByRole("link", { name: "Go to the matrix" }).click();
    await expect(region(page, "Do").getByRole("row")).toHaveCount(2);
    await expect.poll(() => stored(board.api, "do")).toEqual(["Thought 4", "Thought 2"]);
    await expect.poll(() => stored(board.api, "schedule")).toEqual(["Thought 1"]);
    await expect.poll(() => stored(board.api, "delegate")).toEqual(["Thought 3"]);
    await expect.poll(async () => (await stored(board.api, "drop")).length).toBe(8);
  });

  test("E23 the name that a person gives a quadrant is used here too, and its number stays", async ({
    board,
  }) => {
    await board.seed(...unsorted.slice(0, 2));
    const body = { preferences: { quadrant_names: { delegate: "Hand off" } } };
    expect((await board.api("PATCH", "/api/v1/auth/me", { body })).status).toBe(200);
    const page = await board.open("/sort");
    await page.keyboard.press("u");
    await expect(page.getByText("Goes to: Hand off")).toBeVisible();
    await page.keyboard.press("3");
    await expect(card(page, "Thought 2")).toBeFocused();
    await page.getByRole("link", { name: "Matrix", exact: true }).click();
    await expect(region(page, "Hand off").getByRole("row")).toHaveCount(1);
  });

  test("everything can be done by clicks", async ({ board }) => {
    await board.seed(
      { title: "First", in: "unsorted", description: "What there is to know" },
      ...unsorted.slice(0, 4),
    );
    const page = await board.open("/sort");
    const press = (name: RegExp) => page.getByRole("button", { name }).click();
    await expect(card(page, "First")).toContainText("What there is to know");
    await page.getByRole("checkbox", { name: /^Important/ }).check();
    await expect(page.getByText("Goes to: Schedule")).toBeVisible();
    await press(/^Sort it/);
    await expect(card(page, "Thought 1")).toBeVisible();
    await press(/^Due date/);
    await page
      .getByRole("dialog", { name: /^Due date/ })
      .getByRole("button", { name: "Tomorrow" })
      .click();
    await expect(card(page, "Thought 1").getByRole("button", { name: /Due Tomorrow/ })).toBeVisible();
    await page
      .getByRole("group", { name: "Put it straight into" })
      .getByRole("button", { name: /Do/ })
      .click();
    await expect(card(page, "Thought 2")).toBeVisible();
    await press(/^Skip/);
    await expect(card(page, "Thought 3")).toBeVisible();
    await press(/^Trash/);
    await expect(card(page, "Thought 4")).toBeVisible();
    await press(/^Step back/);
    await expect(card(page, "Thought 3")).toBeVisible();
    await expect.poll(() => stored(board.api, "do")).toEqual(["Thought 1"]);
    await expect.poll(() => stored(board.api, "schedule")).toEqual(["First"]);
  });

  test("what arrives meanwhile does not take the place of what is looked at", async ({ board }) => {
    await board.seed(...unsorted.slice(0, 2));
    const page = await board.open("/sort");
    await page.keyboard.press("i");
    await board.seed({ title: "Newcomer", in: "unsorted" });
    await expect(page.getByText("1 of 3")).toBeVisible();
    await expect(card(page, "Thought 1")).toBeFocused();
    await expect(page.getByText("Goes to: Schedule")).toBeVisible();
  });

  test("with nothing to sort it says so, and keys of the whole page go on working", async ({ board }) => {
    await board.seed("Done deal");
    const page = await board.open("/sort");
    await expect(page.getByRole("heading", { level: 2 })).toHaveText("There is nothing to sort. Do has 1.");
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await expect(page).toHaveURL(/\/done$/);
  });

  test("G D leads to what is done, and opens no date", async ({ board }) => {
    await board.seed(...unsorted.slice(0, 1));
    const page = await board.open("/sort");
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await expect(page).toHaveURL(/\/done$/);
  });
});

test.describe("/inbox", () => {
  test("shows what is unsorted, and no button where there is nothing to sort", async ({ board }) => {
    await board.seed({ title: "Loose end", in: "unsorted" }, "Sorted");
    const page = await board.open("/inbox");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Unsorted");
    await expect(page.getByRole("row")).toHaveCount(1);
    await row(page, "Loose end").focus();
    await page.keyboard.press("2");
    await expect(page.getByText("Everything is sorted.")).toBeVisible();
    await expect(page.getByRole("link", { name: /^Sort/ })).toHaveCount(0);
  });
});
