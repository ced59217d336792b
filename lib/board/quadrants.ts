import type { Preferences, Priority, Task } from "@/lib/client/client";

export type QuadrantKey = "do" | "schedule" | "delegate" | "drop";

/** A quadrant, or the tray of what nobody has sorted yet. */
export type Place = QuadrantKey | "unsorted";

export type Quadrant = {
  key: QuadrantKey;
  number: 1 | 2 | 3 | 4;
  glyph: string;
  priority: Priority;
  important: boolean;
  urgent: boolean;
  /** What the two axes say, for people. */
  meaning: string;
};

export const QUADRANTS: readonly Quadrant[] = [
  {
    key: "do",
    number: 1,
    glyph: "▲",
    priority: "urgent_important",
    important: true,
    urgent: true,
    meaning: "Urgent and important",
  },
  {
    key: "schedule",
    number: 2,
    glyph: "●",
    priority: "not_urgent_important",
    important: true,
    urgent: false,
    meaning: "Important, not urgent",
  },
  {
    key: "delegate",
    number: 3,
    glyph: "◆",
    priority: "urgent_not_important",
    important: false,
    urgent: true,
    meaning: "Urgent, not important",
  },
  {
    key: "drop",
    number: 4,
    glyph: "■",
    priority: "not_urgent_not_important",
    important: false,
    urgent: false,
    meaning: "Neither urgent nor important",
  },
];

export const PLACES: readonly Place[] = ["unsorted", "do", "schedule", "delegate", "drop"];

export const quadrantOf = (place: Place): Quadrant | undefined => QUADRANTS.find(({ key }) => key === place);

export const placeOf = ({ is_sorted, priority }: Pick<Task, "is_sorted" | "priority">): Place =>
  (is_sorted && QUADRANTS.find((quadrant) => quadrant.priority === priority)?.key) || "unsorted";

/** What is written to bring a task there. */
export const fieldsOf = (place: Place): { priority: Priority } | { is_sorted: false } => {
  const quadrant = quadrantOf(place);
  return quadrant ? { priority: quadrant.priority } : { is_sorted: false };
};

export const placeByAxes = (important: boolean, urgent: boolean): QuadrantKey => {
  if (important) return urgent ? "do" : "schedule";
  return urgent ? "delegate" : "drop";
};

export const nameOf = (place: Place, names: Preferences["quadrant_names"]): string =>
  place === "unsorted" ? "Unsorted" : names[place];
