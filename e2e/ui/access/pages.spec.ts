import { expect, test } from "../board-fixtures";
import { fill, NARROW, PLACES, visit } from "./places";
import { beyond, clipped, smallTargets, spaceOut } from "./room";
import { ringless, tabThrough } from "./stops";

test.describe.configure({ timeout: 90_000 });

for (const place of PLACES)
  test(`E33 ${place.name} has a structure, rings, and room for pointers, narrow windows and wide text`, async ({
    board,
    page,
  }) => {
    const taskId = await fill(board);
    await visit(page, { board, place, taskId });

    await expect.soft(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect.soft(page.getByRole("main")).toHaveCount(1);
    await expect.soft(page).toHaveTitle(/Fourfold/);
    await expect.soft(page.locator("html")).toHaveAttribute("lang", "en");
    if (place.page.isForSignedIn)
      await expect.soft(page.getByRole("navigation", { name: "Views" })).toHaveCount(1);

    expect.soft(await smallTargets(page, 24), "targets under 24 px").toEqual([]);
    expect.soft(await ringless(page), "stops without a ring").toEqual([]);
    await page.emulateMedia({ forcedColors: "active" });
    expect.soft(await ringless(page), "stops without a ring in forced colours").toEqual([]);
    await page.emulateMedia({ forcedColors: "none" });

    const sizes = [{ width: 1280, height: 800 }, ...NARROW];
    const before = new Map<number, string[]>();
    for (const size of sizes) {
      await page.setViewportSize(size);
      expect.soft(await beyond(page), `beyond the sides at ${size.width} by ${size.height}`).toEqual([]);
      before.set(size.width, await clipped(page));
    }
    await spaceOut(page);
    for (const size of sizes) {
      await page.setViewportSize(size);
      const lost = (await clipped(page)).filter((text) => !before.get(size.width)?.includes(text));
      expect.soft(lost, `lost by wider spacing at ${size.width} px`).toEqual([]);
      expect.soft(await beyond(page), `beyond the sides, spaced out, at ${size.width} px`).toEqual([]);
    }
  });

test.describe("for fingers", () => {
  test.use({ viewport: { width: 390, height: 600 }, hasTouch: true, isMobile: true });

  for (const place of PLACES)
    test(`E35 ${place.name} has targets of 44 px, and hides no stop of the Tab key`, async ({
      board,
      page,
    }) => {
      const taskId = await fill(board);
      await visit(page, { board, place, taskId });
      expect.soft(await smallTargets(page, 44), "targets under 44 px").toEqual([]);
      await tabThrough(page);
    });
});
