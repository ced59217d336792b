import { readFile } from "node:fs/promises";
import { claimsIn } from "../../support/browser-session";
import { expect, test } from "../board-fixtures";

test.use({ tolerated: [/40[13]|422/] });
test.describe.configure({ timeout: 45_000 });

test("E39 the export is a file with everything, the done and the deleted too", async ({ board }) => {
  const ids = await board.seed({ title: "Kept 🌿", description: "Notes with a 🐙" }, "Done", "Deleted");
  await board.api("PATCH", `/api/v1/tasks/${ids.Done}/complete`, { body: { completed: true } });
  await board.api("DELETE", `/api/v1/tasks/${ids.Deleted}`);
  const page = await board.open("/settings/data");
  const arrival = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download my data" }).click();
  const download = await arrival;
  expect(download.suggestedFilename()).toMatch(/^fourfold-\d{4}-\d\d-\d\d\.json$/);
  await expect(page.getByText(/^Export ready:/)).toBeVisible();
  const file = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(file.user.email).toBe(board.person.email);
  expect(file.tasks).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ title: "Kept 🌿", description: "Notes with a 🐙" }),
      expect.objectContaining({ title: "Done", is_completed: true }),
    ]),
  );
  expect(file.trash).toMatchObject([{ title: "Deleted" }]);
});

test("E39 an account goes with the password and the address typed out, and nobody signs in to it again", async ({
  board,
  context,
}) => {
  await board.seed("A secret plan");
  const page = await board.open("/settings/data");
  const other = await context.newPage();
  await other.goto("/settings/profile");
  await other.locator("[data-ready]").waitFor({ state: "attached" });
  const [password, email] = [page.getByLabel("Password"), page.getByLabel("Your e-mail")];
  const remove = page.getByRole("button", { name: "Delete my account" });
  await password.fill("the wrong one");
  await email.fill("somebody@example.org");
  await remove.click();
  await expect(email).toHaveAccessibleDescription(new RegExp(`must be ${board.person.email}`));
  await expect(email).toBeFocused();
  await email.fill(board.person.email);
  await remove.click();
  await expect(page.getByRole("main").getByRole("alert")).toHaveText("The password is wrong.");
  expect((await board.api("GET", "/api/v1/auth/me")).status).toBe(200);

  await password.fill("seven lamps over the harbour");
  await remove.click();
  await expect(page).toHaveURL("/");
  await expect(other).toHaveURL("/sign-in");
  expect(await claimsIn(context)).toBeNull();
  expect((await board.api("GET", "/api/v1/auth/me")).status).toBe(401);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(board.person.email);
  await page.getByLabel("Password").fill("seven lamps over the harbour");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("is wrong");
});
