import type { Place } from "@/lib/board/quadrants";

export type Spot = {
  place: Place;
  section: HTMLElement;
  before: string | null;
  /** Where the line is drawn. */
  line: { x: number; y: number; width: number };
};

type Point = { x: number; y: number };

/** Where a card would land that is let go here. */
export function spotAt(
  board: HTMLElement,
  { x, y, without }: Point & { without: readonly string[] },
): Spot | null {
  const sections = [...board.querySelectorAll<HTMLElement>("section[data-place]")];
  const section = sections.find((candidate) => isInside(candidate.getBoundingClientRect(), x, y));
  if (!section) return null;
  const rows = [...section.querySelectorAll<HTMLElement>("[data-task]")].filter(
    ({ dataset }) => !without.includes(dataset.task ?? ""),
  );
  const next = rows.find((row) => {
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2;
  });
  const list = section.querySelector("[data-rows]") ?? section;
  const { left, width, top } = list.getBoundingClientRect();
  const edge = next?.getBoundingClientRect().top ?? rows.at(-1)?.getBoundingClientRect().bottom ?? top;
  const line = { x: left, y: Math.max(edge, section.getBoundingClientRect().top), width };
  return { place: section.dataset.place as Place, section, before: next?.dataset.task ?? null, line };
}

const isInside = ({ left, right, top, bottom }: DOMRect, x: number, y: number) =>
  x >= left && x <= right && y >= top && y <= bottom;

const EDGE_PX = 48;
const SPEED_PX = 14;

/** A list, or the page, goes on under a card that is held near its edge. */
export function scrollNear(x: number, y: number): void {
  const list = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-rows]");
  const scrolled = list && list.scrollHeight > list.clientHeight ? list : document.scrollingElement;
  if (!scrolled) return;
  const { top, bottom } = scrolled === list ? list.getBoundingClientRect() : { top: 0, bottom: innerHeight };
  if (y < top + EDGE_PX) scrolled.scrollBy(0, -SPEED_PX);
  else if (y > bottom - EDGE_PX) scrolled.scrollBy(0, SPEED_PX);
}
