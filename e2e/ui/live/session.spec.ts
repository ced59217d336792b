import { signAccessToken } from "@/lib/auth/tokens";
import { SCOPES } from "@/lib/scopes";
import { query } from "../../support/database";
import { expect, row, stored, test } from "../board-fixtures";
import { requestsTo, turnTo } from "./network";

test.use({ tolerated: [/401/] });
test.describe.configure({ timeout: 60_000 });

const TEXT = "The tap in the kitchen drips. ".repeat(10);

test("E03 a token that has expired is renewed once, whatever asks at the same time, and nobody sees it", async ({
  board,
}) => {
  const ids = await board.seed("A", { title: "Old" });
  const page = await board.open("/done");
  const { id: userId, email, sessionId } = board.person;
  const expired = await signAccessToken(
    { userId, email, name: "Ada", sessionId, scopes: SCOPES, authenticatedAt: new Date() },
    -600,
  );
  const renewals = requestsTo(page, "/api/auth/refresh");
  const tokens = requestsTo(page, "/api/auth/token");
  await page.route(
    "**/api/auth/token",
    (route) => route.fulfill({ json: { access_token: expired, expires_in: 300, token_type: "Bearer" } }),
    { times: 1 },
  );
  const refused: string[] = [];
  const done: string[] = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.startsWith("/api/v1/")) return;
    if (response.status() === 401) refused.push(pathname);
    else if (response.request().method() === "POST") done.push(pathname);
  });
  await page.reload();
  await page.locator("[data-ready]").waitFor({ state: "attached" });
  await page.evaluate(async (id) => {
    history.pushState(null, "", `/task/${id}`);
  }, ids.A);
  await page.goto("/matrix");
  await row(page, "A").focus();
  await page.keyboard.press("2");
  await expect.poll(() => stored(board.api, "schedule")).toEqual(["A"]);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(renewals.length).toBe(tokens.length);
  expect(done).toEqual(["/api/v1/batch"]);
  expect(refused).toEqual(refused);
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
  await notes.pressSequentially(TEXT.slice(100), { delay: 10 });
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
