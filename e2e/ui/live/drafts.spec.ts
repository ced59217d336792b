import type { Page } from "playwright/test";
import { expect, NOW, row, test } from "../board-fixtures";
import { BATCH } from "./network";

test.use({ tolerated: [/Failed to load resource/] });

const TEXT = `A long note,\n${"with a line after the other.\n".repeat(40)}`;

const notesOf = (page: Page) => page.getByRole("textbox", { name: "Notes" });

type Read = (method: string, path: string) => Promise<{ body: { data: { description: string | null } } }>;

const described = async (api: Read, id = "") => {
  const { body } = await api("GET", `/api/v1/tasks/${id}`);
  return body.data.description;
};

/** Without a chance to save or to say goodbye. */
async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  session.send("Page.crash").catch(() => undefined);
  await crashed;
}

async function reopen(page: Page, path: string): Promise<Page> {
  const next = await page.context().newPage();
  await next.clock.setFixedTime(NOW);
  await next.goto(path);
  await next.locator("[data-ready]").waitFor({ state: "attached" });
  return next;
}

test("E13 a note that was not saved when the page crashed is offered again, word for word", async ({
  board,
}) => {
  const ids = await board.seed("A");
  const page = await board.open(`/task/${ids.A}`);
  await page.route(BATCH, (route) => route.abort());
  await notesOf(page).fill(TEXT);
  await crash(page);
  const next = await reopen(page, `/task/${ids.A}`);
  await expect(next.getByText("Restore your unsaved text?")).toBeVisible();
  await expect(notesOf(next)).toHaveValue("");
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
  await page.route(BATCH, (route) => route.abort());
  await notesOf(page).fill(TEXT);
  await crash(page);
  const next = await reopen(page, `/task/${ids.A}`);
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
  await page.keyboard.press("e");
  await expect(page).toHaveURL(`/task/${ids.A}`);
  await notesOf(page).pressSequentially(" and aft");
  await page.goBack();
  await expect(page.getByRole("complementary", { name: "Task" })).toHaveCount(0);
  await expect.poll(() => described(board.api, ids.A)).toBe("Before and aft");
});

test("E30 who writes notes to a task that is deleted elsewhere keeps the words, and brings both back", async ({
  board,
}) => {
  const ids = await board.seed("A");
  const page = await board.open(`/task/${ids.A}`);
  await notesOf(page).focus();
  let isOn = true;
  await page.route(BATCH, async (route) => {
    if (isOn) await board.api("DELETE", `/api/v1/tasks/${ids.A}`);
    isOn = false;
    await route.continue();
  });
  await notesOf(page).pressSequentially("Words that nobody else has");
  const lost = page.getByRole("main").getByRole("alert");
  await expect(lost).toContainText("“A” was deleted");
  await expect(lost).toContainText("Words that nobody else has");
  await lost.getByRole("button", { name: "Restore with my changes" }).click();
  await expect(notesOf(page)).toHaveValue("Words that nobody else has");
  await expect.poll(() => described(board.api, ids.A)).toBe("Words that nobody else has");
});
