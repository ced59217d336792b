import { expect, test } from "../fixtures";

test.describe("the landing page", () => {
  test("says what it is and shows the four quadrants", async ({ page }) => {
    const problems: string[] = [];
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Know urgent from important.");
    await expect(page.getByRole("article")).toHaveText([/Do/, /Schedule/, /Delegate/, /Drop/]);
    expect(problems).toEqual([]);
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
