import { expect, test } from "../fixtures";
import { listenTo } from "../support/quiet";

test.describe("the landing page", () => {
  test("says what it is and shows the four quadrants", async ({ page, context }) => {
    const complaints = listenTo(context);
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Know urgent from important.");
    await expect(page.getByRole("article")).toHaveText([/Do/, /Schedule/, /Delegate/, /Drop/]);
    await expect(page.getByText('{"status":"healthy"}')).toBeVisible();
    await page.getByRole("link", { name: "Create an account" }).click();
    await expect(page).toHaveURL("/sign-up");
    expect(complaints).toEqual([]);
  });

  test("has a board to try out: add, sort by two questions, complete", async ({ page }) => {
    await page.goto("/");
    const quadrant = (name: string) => page.getByRole("article", { name });
    await page.getByLabel("A task", { exact: true }).fill("Pay the rent");
    await page.getByRole("checkbox", { name: "Important", exact: true }).check();
    await page.getByRole("button", { name: "Add" }).click();
    await expect(quadrant("Schedule")).toContainText("Pay the rent");
    await expect(page.getByLabel("A task", { exact: true })).toHaveValue("");

    const urgent = page.getByRole("button", { name: "Urgent: Pay the rent" });
    await urgent.focus();
    await page.keyboard.press("Enter");
    await expect(quadrant("Do")).toContainText("Pay the rent");
    await expect(urgent).toBeFocused();
    await expect(urgent).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByRole("status")).toHaveText("“Pay the rent” moved to Do.");

    await page.getByRole("checkbox", { name: "Complete Pay the rent" }).check();
    await expect(quadrant("Do").locator("s")).toHaveText("Pay the rent");
  });

  test("fits a narrow phone without scrolling sideways", async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto("/");
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test("404 keeps a way back", async ({ page }) => {
    const response = await page.goto("/nowhere");
    expect(response?.status()).toBe(404);
    await page.getByRole("link", { name: "Go to the start" }).click();
    await expect(page).toHaveURL("/");
  });
});
