import type { Page } from "playwright/test";
import { type BoardFixture, expect, region, test } from "../board-fixtures";

const LONG =
  "Ask the neighbours about the fence, the hedge and the apple tree before the winter comes, ".repeat(2);

/** A4: landscape as the board asks for, and portrait as somebody may choose. */
const PAPERS = [
  { name: "landscape", viewport: { width: 1047, height: 718 } },
  { name: "portrait", viewport: { width: 718, height: 1047 } },
];

for (const { name, viewport } of PAPERS)
  test.describe(`E36 printed in ${name}`, () => {
    test.use({ viewport });

    test("the board is two by two, without what cannot be pressed on paper", async ({ board }) => {
      const page = await openLong(board);
      const box = async (quadrant: string) => {
        const found = await region(page, quadrant).boundingBox();
        if (!found) throw new Error(`${quadrant} is not printed.`);
        return found;
      };
      const [first, second, third, fourth] = await Promise.all(
        ["Do", "Schedule", "Delegate", "Drop"].map(box),
      );
      expect(second).toMatchObject({ y: first?.y });
      expect(second?.x).toBeGreaterThanOrEqual((first?.x ?? 0) + (first?.width ?? 0));
      expect(third?.y).toBeGreaterThanOrEqual((first?.y ?? 0) + (first?.height ?? 0));
      expect(fourth).toMatchObject({ x: second?.x, y: third?.y });
      for (const gone of [
        page.getByRole("banner"),
        page.getByRole("navigation"),
        page.getByRole("search"),
        page.getByRole("button"),
      ])
        await expect(gone.filter({ visible: true })).toHaveCount(0);
    });

    test("all 60 tasks of a long quadrant are there, and their titles are whole", async ({ board }) => {
      const page = await openLong(board);
      const rows = region(page, "Do").getByRole("row");
      await expect(rows.filter({ visible: true })).toHaveCount(61);
      expect(await cut(page)).toEqual([]);
    });
  });

test("E36 a quadrant that is longer than the paper goes on on the next one", async ({ board }) => {
  const page = await openLong(board);
  const paper = (await page.pdf({ format: "A4", landscape: true })).toString("latin1");
  expect(paper.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(2);
});

async function openLong(board: BoardFixture): Promise<Page> {
  await board.seed(LONG.trim(), ...Array.from({ length: 60 }, (_, at) => `Task ${at + 1}`), {
    title: "Elsewhere",
    in: "drop",
  });
  const page = await board.open();
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  return page;
}

/** Boxes that hide a part of what is in them. */
const cut = (page: Page): Promise<string[]> =>
  page.getByRole("main").evaluate((main) =>
    [main, ...main.querySelectorAll<HTMLElement>("*")]
      .filter((element) => {
        const { overflowX, overflowY } = getComputedStyle(element);
        const isCut =
          (overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) ||
          (overflowY !== "visible" && element.scrollHeight > element.clientHeight + 1);
        return isCut && element.checkVisibility() && !element.closest(".visually-hidden");
      })
      .map(({ tagName, className, textContent }) => `${tagName} ${className} ${textContent?.slice(0, 40)}`),
  );
