import type { CDPSession, Page } from "playwright/test";
import { expect, region, row, stored, test, titlesIn } from "../board-fixtures";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test("E35 five tabs with counts show one quadrant each, and the overview all", async ({ board }) => {
  await board.seed("A", "B", { title: "C", in: "schedule" }, { title: "F", in: "unsorted" });
  const page = await board.open();
  const tabs = page.getByRole("navigation", { name: "Quadrants" });
  for (const [name, count] of Object.entries({ Do: 2, Schedule: 1, Delegate: 0, Drop: 0, Unsorted: 1 })) {
    await tabs.getByRole("button", { name: `${name}, ${count}`, exact: true }).tap();
    await expect(page.getByRole("region", { name: /^(Do|Schedule|Delegate|Drop|Unsorted)$/ })).toHaveCount(1);
    await expect(region(page, name)).toBeVisible();
  }
  await tabs.getByRole("button", { name: "Overview" }).tap();
  await expect(page.getByRole("region", { name: /^(Do|Schedule|Delegate|Drop|Unsorted)$/ })).toHaveCount(5);
});

test("E35 what is added with the + comes into Unsorted and its count", async ({ board }) => {
  await board.seed("A");
  const page = await board.open();
  await page.getByRole("button", { name: "Add", exact: true }).tap();
  const field = page.getByRole("dialog").getByRole("textbox", { name: "New task" });
  await expect(field).toBeFocused();
  await page.keyboard.type("Buy milk");
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).tap();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.getByRole("button", { name: "Unsorted, 1", exact: true }).tap();
  await expect(row(page, "Buy milk")).toBeVisible();
});

test("E35 above an open keyboard the field and the button that adds can be seen", async ({ board }) => {
  const page = await board.open();
  await page.getByRole("button", { name: "Add", exact: true }).tap();
  // With `interactive-widget=resizes-content` a keyboard takes its height from the page.
  await page.setViewportSize({ width: 390, height: 844 - 336 });
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("textbox", { name: "New task" })).toBeInViewport({ ratio: 1 });
  await expect(dialog.getByRole("button", { name: "Add", exact: true })).toBeInViewport({ ratio: 1 });
});

test("E35 a tap on the circle completes, and the tab counts one less", async ({ board }) => {
  await board.seed("A", "B");
  const page = await board.open();
  await page.getByRole("checkbox", { name: "Complete A" }).tap();
  await expect(row(page, "A")).toBeHidden();
  await expect(page.getByRole("button", { name: "Do, 1", exact: true })).toBeVisible();
  await expect.poll(() => stored(board.api, "do")).toEqual(["B"]);
});

test("E35 the menu of a card has targets of 44 px and moves it", async ({ board }) => {
  await board.seed("A");
  const page = await board.open();
  await page.getByRole("button", { name: "Move A" }).tap();
  const items = page.getByRole("menu").locator("button");
  for (const { name, height, width } of await items.evaluateAll((buttons) =>
    buttons.map((button) => ({
      name: button.textContent,
      height: button.getBoundingClientRect().height,
      width: button.getBoundingClientRect().width,
    })),
  )) {
    expect(height, `${name}`).toBeGreaterThanOrEqual(44);
    expect(width, `${name}`).toBeGreaterThanOrEqual(44);
  }
  await page.getByRole("menuitemradio", { name: /3 Delegate/ }).tap();
  await expect(page.getByRole("button", { name: "Delegate, 1", exact: true })).toBeVisible();
  await expect.poll(() => stored(board.api, "delegate")).toEqual(["A"]);
});

test("E35 a long press lifts a card, and it lands between two others", async ({ board }) => {
  await board.seed("A", "B", "C");
  const page = await board.open();
  const finger = await aFinger(page);
  await finger.down(await middleOf(page, "A"));
  await expect(page.locator("[data-lifted]")).toHaveCount(1);
  const { x, y } = await middleOf(page, "C");
  // The upper half of C is before it.
  for (const share of [0.3, 0.6, 1])
    await finger.move({ x, y: (await middleOf(page, "A")).y * (1 - share) + (y - 8) * share });
  await finger.up();
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["B", "A", "C"]);
  await expect.poll(() => stored(board.api, "do")).toEqual(["B", "A", "C"]);
});

test("E35 a swipe over the cards scrolls, and drags none of them", async ({ board }) => {
  const titles = Array.from({ length: 30 }, (_, at) => `Task ${at + 1}`);
  await board.seed(...titles);
  const page = await board.open();
  await page.evaluate(() => {
    const lifted = new MutationObserver(() => document.documentElement.setAttribute("data-was-lifted", ""));
    lifted.observe(document.body, { subtree: true, attributeFilter: ["data-lifted"] });
  });
  const finger = await aFinger(page);
  const { x, y } = await middleOf(page, "Task 8");
  await finger.down({ x, y });
  for (let up = 20; up <= 400; up += 20) await finger.move({ x, y: y - up });
  await finger.up();
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(200);
  expect(await titlesIn(page, "Do")).toEqual(titles);
  await expect(page.locator("[data-was-lifted]")).toHaveCount(0);
  expect(await stored(board.api, "do")).toEqual(titles);
});

test("E35 a card that is swiped to the right is done, to the left it opens its menu, and half-way it stays", async ({
  board,
}) => {
  await board.seed("A", "B");
  const page = await board.open();
  const finger = await aFinger(page);
  const swipe = async (title: string, distance: number) => {
    const { x, y } = await middleOf(page, title);
    await finger.down({ x: x + 60, y });
    for (const share of [0.3, 0.6, 1]) await finger.move({ x: x + 60 + distance * share, y });
    await finger.up();
  };
  await swipe("A", 50);
  await expect(row(page, "A")).toBeVisible();
  await swipe("B", -120);
  await expect(page.getByRole("menu", { name: "Move B" })).toBeVisible();
  await page.keyboard.press("Escape");
  await swipe("A", 140);
  await expect(row(page, "A")).toBeHidden();
  await expect.poll(() => stored(board.api, "do")).toEqual(["B"]);
});

type Point = { x: number; y: number };

async function middleOf(page: Page, title: string): Promise<Point> {
  const box = await row(page, title).getByRole("link").boundingBox();
  if (!box) throw new Error(`${title} is not there.`);
  return { x: box.x + 40, y: box.y + box.height / 2 };
}

async function aFinger(page: Page) {
  const devtools: CDPSession = await page.context().newCDPSession(page);
  const send = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: Point[]) =>
    devtools.send("Input.dispatchTouchEvent", { type, touchPoints });
  return {
    down: (point: Point) => send("touchStart", [point]),
    move: (point: Point) => send("touchMove", [point]),
    up: () => send("touchEnd", []),
  };
}
