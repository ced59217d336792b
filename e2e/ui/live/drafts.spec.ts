import type { Page } from "playwright/test";
import type { Api } from "../../fixtures";
import { expect, NOW, row, test } from "../board-fixtures";
import { BATCH } from "./network";

test.use({ tolerated: [/Failed to load resource/] });

const TEXT = `A long note,\n${"with a line after the other.\n".repeat(40)}`;

const notesOf = (page: Page) => page.getByRole("textbox", { name: "Notes" });

/** Undefined while it is in the trash. */
const described = async (api: Api, id = "") => {
  const { status, body } = await api("GET", `/api/v1/tasks/${id}`);
  return status === 200 ? body.data.description : undefined;
};

/** A page that gets no chance to save what is typed into it: neither a moment of rest, nor a farewell. */
async function freeze(page: Page): Promise<void> {
  await page.clock.pauseAt(NOW.getTime() + 60_000);
  await page.evaluate(() => {
    for (const name of ["visibilitychange", "pagehide", "blur", "focusout"])
      window.addEventListener(name, (event) => event.stopImmediatePropagation(), true);
  });
}

async function reopen(page: Page): Promise<Page> {
  const [next, url] = [await page.context().newPage(), page.url()];
  await page.close();
  await next.goto(url);
  await next.clock.resume();
  await next.locator("[data-ready]").waitFor({ state: "attached" });
  return next;
}

test("E13 a note that was not saved when the page crashed is offered again, word for word", async ({
  board,
}) => {
  const ids = await board.seed("A");
  const page = await board.open(`/task/${ids.A}`);
  await freeze(page);
  await notesOf(page).fill(TEXT);
  const next = await reopen(page);
  await expect(next.getByText("Restore your unsaved text?")).toBeVisible();
  await expect(notesOf(next)).toHaveValue("");
  expect(await described(board.api, ids.A)).toBeNull();
  await next.getByRole("button", { name: "Restore" }).click();
  await expect(notesOf(next)).toHaveValue(TEXT);
  await expect.poll(() => described(board.api, ids.A)).toBe(TEXT);
  await next.reload();
  await expect(notesOf(next)).toHaveValue(TEXT);
  await expect(next.getByText("Restore your unsaved text?")).toHaveCount(0);
});

test("E13 a note that is thrown away does not come back", async ({ board }) => {
  const ids = await board.seed({ title: "A", description: "Before" });
  const page = await board.open(`/task/${ids.A}`);
  await freeze(page);
  await notesOf(page).fill(TEXT);
  const next = await reopen(page);
  await next.getByRole("button", { name: "Discard" }).click();
  await expect(notesOf(next)).toHaveValue("Before");
  await next.reload();
  await expect(notesOf(next)).toHaveValue("Before");
  await expect(next.getByText("Restore your unsaved text?")).toHaveCount(0);
});

test("a note is saved when its panel is closed in the middle of a word", async ({ board }) => {
  const ids = await board.seed({ title: "A", description: "Before" });
  const page = await board.open();
  await row(page, "A").focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/task/${ids.A}`);
  await notesOf(page).fill("Before and aft");
  await page.goBack();
  await expect(page.getByRole("complementary", { name: "Task" })).toHaveCount(0);
  await expect.poll(() => described(board.api, ids.A)).toBe("Before and aft");
});

test("E30 who writes notes to a task that is deleted elsewhere keeps the words, and brings both back", async ({
  board,
}) => {
  const ids = await board.seed("A");
  const page = await board.open(`/task/${ids.A}`);
  let isOn = true;
  await page.route(BATCH, async (route) => {
    if (isOn) await board.api("DELETE", `/api/v1/tasks/${ids.A}`);
    isOn = false;
    await route.continue();
  });
  await notesOf(page).fill("Words that nobody else has");
  const lost = page.getByRole("main").getByRole("alert");
  await expect(lost).toContainText("“A” was deleted");
  await expect(lost).toContainText("Words that nobody else has");
  await lost.getByRole("button", { name: "Restore with my changes" }).click();
  await expect(notesOf(page)).toHaveValue("Words that nobody else has");
  await expect.poll(() => described(board.api, ids.A)).toBe("Words that nobody else has");
});
