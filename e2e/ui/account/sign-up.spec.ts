import { uuidv7 } from "@/lib/uuid";
import { anAddress, expect, test } from "../../fixtures";

test.use({ extraHTTPHeaders: { "x-forwarded-for": anAddress() } });

test.describe.configure({ timeout: 45_000 });

test("E01 what is missing stands under its field, and the focus is on the first", async ({ page }) => {
  await page.goto("/sign-up");
  await page.getByRole("button", { name: "Sign up" }).click();
  const [email, password] = [page.getByLabel("E-mail"), page.getByLabel("Password")];
  await expect(email).toHaveAccessibleDescription(/^E-mail must be an e-mail address/);
  await expect(password).toHaveAccessibleDescription(/^Password must have/);
  await expect(email).toBeFocused();
  await email.fill(`${uuidv7()}@example.org`);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(password).toBeFocused();
  await expect(email).not.toHaveAttribute("aria-invalid");
});

test("E01 a password manager is told what is what, and a long phrase can be pasted", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/sign-up");
  const [email, password] = [page.getByLabel("E-mail"), page.getByLabel("Password")];
  await expect(email).toHaveAttribute("autocomplete", "username");
  await expect(password).toHaveAttribute("autocomplete", "new-password");
  await email.fill(`${uuidv7()}@example.org`);
  const phrase = "seven lamps over the harbour, and one more under the bridge";
  await page.evaluate((text) => navigator.clipboard.writeText(text), phrase);
  await password.focus();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(password).toHaveValue(phrase);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/matrix", { timeout: 15_000 });
});

test("a page of an account fits a narrow phone without scrolling sideways", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ["/sign-in", "/sign-up", "/forgot", "/reset?token=x", "/verify?token=x"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});
