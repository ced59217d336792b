import type { Priority } from "@/lib/client/client";
import type { Word } from "./words";

type Quadrant = { label: string; priority: Priority | null };

const UNSORTED: Quadrant = { label: "Unsorted", priority: null };
const DO: Quadrant = { label: "Do", priority: "urgent_important" };
const SCHEDULE: Quadrant = { label: "Schedule", priority: "not_urgent_important" };
const DELEGATE: Quadrant = { label: "Delegate", priority: "urgent_not_important" };
const DROP: Quadrant = { label: "Drop", priority: "not_urgent_not_important" };

const MARKERS = new Map<string, Quadrant>([
  ["!0", UNSORTED],
  ["!1", DO],
  ["!2", SCHEDULE],
  ["!3", DELEGATE],
  ["!4", DROP],
  ["!do", DO],
  ["!schedule", SCHEDULE],
  ["!delegate", DELEGATE],
  ["!drop", DROP],
  ["!ui", DO],
  ["!iu", DO],
  ["!i", SCHEDULE],
  ["!u", DELEGATE],
]);

const isQuadrant = ({ core }: Word) => MARKERS.has(core);

/** Of several the last counts; the others stay words. */
export function quadrantOf(words: readonly Word[]): (Quadrant & { at: number }) | null {
  const at = words.findLastIndex(isQuadrant);
  const quadrant = MARKERS.get(words[at]?.core ?? "");
  return quadrant ? { ...quadrant, at } : null;
}

/** A date before it still ends the line. */
export const isMarker = (word: Word) => word.isAside || isQuadrant(word);
