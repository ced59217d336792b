import { LOOK_COOKIE } from "@/lib/look";
import { expect, test } from "../board-fixtures";

test.describe.configure({ timeout: 45_000 });

const DARK = "rgb(17, 18, 16)";
const LIGHT = "rgb(246, 246, 243)";

test("E36 the very first paint has the theme, before any script has run", async ({ browser, server }) => {
  const looks = [
    { cookie: "dark.compact", colorScheme: "light", background: DARK },
    { cookie: "light.comfortable", colorScheme: "dark", background: LIGHT },
    { cookie: "system.comfortable", colorScheme: "dark", background: DARK },
    { cookie: undefined, colorScheme: "dark", background: DARK },
  ] as const;
  for (const { cookie, colorScheme, background } of looks) {
    const context = await browser.newContext({ javaScriptEnabled: false, colorScheme });
    if (cookie) await context.addCookies([{ name: LOOK_COOKIE, value: cookie, url: server.url }]);
    const page = await context.newPage();
    await page.goto(`${server.url}/sign-in`);
    await expect(page.locator("body"), cookie).toHaveCSS("background-color", background);
    await context.close();
  }
});

test("E36 the theme changes at once, in the other tab too, survives a reload and is there on another device", async ({
  board,
  context,
}) => {
  const page = await board.open("/settings/appearance");
  const other = await context.newPage();
  await other.goto("/settings/profile");
  await other.locator("[data-ready]").waitFor({ state: "attached" });
  await page.getByRole("radio", { name: "Dark" }).check();
  await page.getByRole("radio", { name: "Compact" }).check();
  for (const tab of [page, other]) {
    await expect(tab.locator("body")).toHaveCSS("background-color", DARK);
    await expect(tab.locator("html")).toHaveAttribute("data-density", "compact");
  }
  await expect
    .poll(async () => (await board.api("GET", "/api/v1/auth/me")).body.data.preferences)
    .toMatchObject({ theme: "dark", density: "compact" });
  const response = await page.reload();
  expect(await response?.text()).toContain('data-theme="dark"');
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
  const device = await board.device("/settings/appearance");
  await expect(device.locator("body")).toHaveCSS("background-color", DARK);
});

test.describe("a setting that is not saved", () => {
  test.use({ tolerated: [/500 \(Internal/] });

  test("is put back, in the other tab too, and the page says so", async ({ board, context }) => {
    const page = await board.open("/settings/appearance");
    const other = await context.newPage();
    await other.goto("/settings/appearance");
    await other.locator("[data-ready]").waitFor({ state: "attached" });
    await page.route("**/api/v1/auth/me", (route) => route.fulfill({ status: 500 }));
    await page.getByRole("radio", { name: "Dark" }).click();
    await expect(page.getByRole("region", { name: "Notifications" })).toContainText("not saved");
    for (const tab of [page, other])
      await expect(tab.getByRole("radio", { name: "Like the system" })).toBeChecked();
    await expect(page.locator("body")).toHaveCSS("background-color", LIGHT);
  });
});

test("a quadrant is called what the person calls it, and an empty name is the usual one", async ({
  board,
}) => {
  const page = await board.open("/settings/appearance");
  const third = page.getByLabel("3: urgent, not important");
  const save = page.getByRole("button", { name: "Save the names" });
  await third.fill("Hand off");
  await save.click();
  await expect(page.getByText("The names are saved.")).toBeVisible();
  await page.goto("/matrix");
  await expect(page.getByRole("region", { name: "Hand off", exact: true })).toBeVisible();
  await page.goto("/settings/appearance");
  await page.locator("[data-ready]").waitFor({ state: "attached" });
  await expect(third).toHaveValue("Hand off");
  await third.fill("");
  await save.click();
  await expect(third).toHaveValue("Delegate");
});
