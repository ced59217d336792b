import { anAddress, expect, test } from "../../fixtures";
import { createBrowserPerson, signInBrowser } from "../../support/browser-session";

const PASSWORD = "seven lamps over the harbour";

test.use({ extraHTTPHeaders: { "x-forwarded-for": anAddress() } });

test.describe.configure({ timeout: 45_000 });

test("E02 a link deep into the board leads there, through a wrong password and the right one", async ({
  page,
  server,
}) => {
  const { email } = await createBrowserPerson(server.databaseUrl, { password: PASSWORD });
  await page.goto("/matrix/2?q=%23work");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("the wrong one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toHaveText(
    "The e-mail address or the password is wrong.",
  );
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await expect(page.getByLabel("Password")).toBeFocused();
  await page.keyboard.insertText(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/matrix/2?q=%23work");
});

test("E02 an address of another site is not where signing in leads", async ({ page, server }) => {
  const { email } = await createBrowserPerson(server.databaseUrl, { password: PASSWORD });
  await page.goto("/sign-in?next=https://evil.example");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/matrix");
});

test("the button says what goes on once that takes longer than usual", async ({ page }) => {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route("**/sign-in", async (route) => {
    if (route.request().method() === "POST") await gate;
    await route.continue();
  });
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: "Signing in…" })).toBeVisible();
  letGo();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("whoever is signed in goes from the start page to the board", async ({ page, context, server }) => {
  const { token } = await createBrowserPerson(server.databaseUrl);
  await signInBrowser(context, server.url, token);
  await page.goto("/");
  await expect(page).toHaveURL("/matrix");
});
