import type { Route } from "playwright/test";
import { signAccessToken } from "@/lib/auth/tokens";
import { SCOPES } from "@/lib/scopes";
import { query } from "../../support/database";
import { expect, test } from "../board-fixtures";
import { requestsTo, turnTo } from "./network";

test.use({ tolerated: [/401/] });
test.describe.configure({ timeout: 60_000 });

const TEXT = "The tap in the kitchen drips. ".repeat(10);

test("E03 a token that has expired is renewed once for all who were refused, nobody sees it, and nothing is done twice", async ({
  board,
  page,
}) => {
  // The page does not bring along what is done: the task is asked for.
  const ids = await board.seed({ title: "Alpha", is_completed: true });
  const { id: userId, email, sessionId } = board.person;
  const subject = { userId, email, name: "Ada", sessionId, scopes: SCOPES, authenticatedAt: new Date() };
  const expired = await signAccessToken(subject, -600);
  let release = () => {};
  const isActed = new Promise<void>((resolve) => {
    release = resolve;
  });
  const giveExpired = async (route: Route) => {
    await isActed;
    await route.fulfill({ json: { access_token: expired, expires_in: 300, token_type: "Bearer" } });
  };
  await page.route("**/api/auth/token", giveExpired, { times: 1 });
  const renewals = [requestsTo(page, "/api/auth/refresh"), requestsTo(page, "/api/auth/token")];
  const answers: string[] = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith("/api/v1/")) answers.push(`${response.status()} ${pathname}`);
  });
  await board.open(`/task/${ids.Alpha}`);
  await expect(page.getByText("Loading…")).toBeVisible();
  await page.keyboard.press("q");
  await page.getByRole("textbox", { name: "New task" }).fill("Beta");
  await page.keyboard.press("Enter");
  release();
  await expect(page.getByRole("textbox", { name: "Title", exact: true })).toHaveValue("Alpha");
  await expect.poll(() => answers.filter((text) => text === "200 /api/v1/batch")).toHaveLength(1);
  expect(answers.filter((text) => text.startsWith("401")).sort()).toEqual([
    "401 /api/v1/batch",
    "401 /api/v1/sync",
    `401 /api/v1/tasks/${ids.Alpha}`,
  ]);
  expect(renewals.map((list) => list.length)).toEqual([2, 2]);
  await expect(page.getByRole("dialog", { name: "Sign in to continue" })).toHaveCount(0);
  await expect(page.getByRole("alert").filter({ hasText: /./ })).toHaveCount(0);
  const { body } = await board.api("GET", "/api/v1/tasks?completed=false");
  expect(body.data.tasks.map(({ title }) => title)).toEqual(["Beta"]);
});

test("E04 whose session ends while writing notes signs in over them, and every word is saved", async ({
  board,
  server,
}) => {
  const ids = await board.seed("A");
  const page = await board.open(`/task/${ids.A}`);
  const notes = page.getByRole("textbox", { name: "Notes" });
  const dialog = page.getByRole("dialog", { name: "Sign in to continue" });
  await notes.pressSequentially(TEXT.slice(0, 100));
  await query(
    server.databaseUrl,
    "update sessions set revoked_at = now(), revoke_reason = 'ended' where id = $1",
    [board.person.sessionId],
  );
  await turnTo(page, "hidden");
  await turnTo(page, "visible");
  for (let from = 100; from < TEXT.length; from += 20)
    await page.keyboard.insertText(TEXT.slice(from, from + 20));
  await expect(notes).toHaveValue(TEXT);
  await expect(dialog).toBeVisible();
  await expect(page).toHaveURL(`/task/${ids.A}`);
  await expect(notes).toHaveValue(TEXT);
  await dialog.getByLabel("Password").fill("seven lamps over the harbour");
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toBeHidden();
  const saved = async () => {
    const [task] = await query<{ description: string }>(
      server.databaseUrl,
      "select description from tasks where id = $1",
      [ids.A],
    );
    return task?.description;
  };
  await expect.poll(saved, { timeout: 10_000 }).toBe(TEXT);
  await page.reload();
  await expect(notes).toHaveValue(TEXT);
  await expect(page.getByText("Restore your unsaved text?")).toHaveCount(0);
});
