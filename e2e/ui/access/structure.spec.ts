import { expect, test } from "../board-fixtures";
import { fill, PLACES, visit } from "./places";

for (const place of PLACES)
  test(`E33 ${place.name} has one main heading, one main part, a title and a language`, async ({
    board,
    page,
  }) => {
    const taskId = await fill(board);
    await visit(page, { board, place, taskId });
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(page.getByRole("main")).toHaveCount(1);
    await expect(page).toHaveTitle(/Fourfold/);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
    if (place.page.isForSignedIn) {
      await expect(page.getByRole("banner")).toHaveCount(1);
      await expect(page.getByRole("navigation", { name: "Views" })).toHaveCount(1);
    }
  });

test("E33 titles tell the pages apart", async ({ board, page }) => {
  test.setTimeout(60_000);
  const taskId = await fill(board);
  const titles = new Map<string, string>();
  for (const place of PLACES) {
    await visit(page, { board, place, taskId });
    // These two lead on to another page.
    if (new URL(page.url()).pathname === "/settings/profile" && place.name === "/settings") continue;
    const title = await page.title();
    expect(titles.get(title), `${place.name} has the title of another page`).toBeUndefined();
    titles.set(title, place.name);
  }
});

test("E33 the first stop leads past the navigation to the tasks", async ({ board }) => {
  await fill(board);
  const page = await board.open();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the tasks" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => Boolean(document.activeElement?.closest("main")))).toBe(true);
});

test("E33 a quadrant is one stop of the Tab key, and is named with what it means", async ({ board }) => {
  await fill(board);
  const page = await board.open();
  for (const name of ["Do", "Schedule", "Delegate", "Drop", "Unsorted"]) {
    const region = page.getByRole("region", { name, exact: true });
    await expect(region.getByRole("heading", { level: 2 })).toBeVisible();
    expect(await region.locator("a, button, input, [tabindex]").evaluateAll(tabbable)).toBe(1);
  }
  await expect(page.getByRole("region", { name: "Do", exact: true })).toContainText("Urgent and important");
});

const tabbable = (elements: (HTMLElement | SVGElement)[]) =>
  elements.filter(({ tabIndex }) => tabIndex >= 0).length;
