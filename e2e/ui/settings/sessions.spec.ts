import { sessionRow } from "../../support/browser-session";
import { expect, test } from "../board-fixtures";
import { insertSession } from "./another-session";

test.use({ tolerated: [/401 \(Unauthorized\)|500 \(Internal|Failed to load/] });
test.describe.configure({ timeout: 60_000 });

test("E06 a device that is signed out from another one has to sign in again, and only that one", async ({
  board,
  server,
  browser,
}) => {
  const phone = await browser.newContext({ baseURL: server.url });
  const there = await phone.newPage();
  await there.goto("/sign-in?next=/settings/profile");
  await there.getByLabel("E-mail").fill(board.person.email);
  await there.getByLabel("Password").fill("seven lamps over the harbour");
  await there.getByRole("button", { name: "Sign in" }).click();
  await expect(there.getByRole("heading", { level: 1 })).toHaveText("Profile");

  const page = await board.open("/settings/sessions");
  const devices = page.getByRole("list", { name: "Devices" }).getByRole("listitem");
  await expect(devices).toHaveCount(2);
  await expect(devices.filter({ hasText: "This device" })).toHaveCount(1);
  await devices.filter({ hasNotText: "This device" }).getByRole("button").click();
  await expect(page.getByText(/^Signed out .*\.$/)).toBeVisible();
  await expect(devices).toHaveCount(1);

  await expect(there.getByRole("dialog", { name: "Sign in to continue" })).toBeVisible({ timeout: 50_000 });
  expect((await sessionRow(server.databaseUrl, board.person.sessionId)).revoke_reason).toBeNull();
  await phone.close();
});

test("a device that could not be signed out is there again, and the page says why", async ({
  board,
  server,
}) => {
  const other = await insertSession(server.databaseUrl, board.person);
  const page = await board.open("/settings/sessions");
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route("**/api/v1/auth/sessions/*", async (route) => {
    await gate;
    await route.fulfill({ status: 500 });
  });
  const device = page.getByRole("listitem").filter({ hasText: "Firefox on Linux" });
  await page.getByRole("button", { name: "Sign out Firefox on Linux" }).click();
  await expect(device).toHaveAttribute("aria-busy", "true");
  letGo();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("The server cannot do it");
  await expect(device).toHaveAttribute("aria-busy", "false");
  await page.unrouteAll();
  await page.getByRole("button", { name: "Sign out all other devices" }).click();
  await expect(page.getByText("Signed out all other devices.")).toBeVisible();
  expect((await sessionRow(server.databaseUrl, other)).revoke_reason).toBe("signed_out");
});
