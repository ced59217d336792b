import { cookieOf } from "../../support/browser-session";
import { addressOf } from "../../support/pages";
import { expect, test } from "../board-fixtures";
import { fill, PLACES } from "./places";

test("E33 titles tell the pages apart", async ({ board, server }) => {
  const taskId = await fill(board);
  const headers = { cookie: cookieOf(board.person.token) };
  const titles = new Map<string, string>();
  for (const { name, page } of PLACES) {
    const answer = await fetch(server.url + addressOf(page, taskId), page.isForSignedIn ? { headers } : {});
    if (answer.redirected) continue;
    const title = /<title>(.*?)<\/title>/.exec(await answer.text())?.[1] ?? "";
    expect(titles.get(title), `“${title}” is the title of ${name}, too`).toBeUndefined();
    titles.set(title, name);
  }
  expect(titles.size).toBeGreaterThan(PLACES.length / 2);
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

test("E33 in forced colours a quadrant keeps its border, its number and its name", async ({ board }) => {
  await fill(board);
  const page = await board.open();
  await page.emulateMedia({ forcedColors: "active" });
  for (const [at, name] of ["Do", "Schedule", "Delegate", "Drop"].entries()) {
    const region = page.getByRole("region", { name, exact: true });
    await expect(region.getByRole("heading")).toContainText(String(at + 1));
    expect(await region.evaluate((element) => getComputedStyle(element).borderTopStyle)).toBe("solid");
  }
});

const tabbable = (elements: (HTMLElement | SVGElement)[]) =>
  elements.filter(({ tabIndex }) => tabIndex >= 0).length;
