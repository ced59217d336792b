export type Axis = "important" | "urgent";

export const AXES: readonly (readonly [Axis, string])[] = [
  ["important", "Important"],
  ["urgent", "Urgent"],
];

export type Sample = Record<Axis, boolean> & { id: string; title: string; isDone: boolean };

export const SAMPLES: readonly Sample[] = [
  { id: "plumber", title: "Call the plumber", important: true, urgent: true, isDone: false },
  { id: "exam", title: "Plan the exam week", important: true, urgent: false, isDone: false },
  { id: "walk", title: "Walk with Grandma", important: true, urgent: false, isDone: false },
  { id: "cake", title: "Order the cake", important: false, urgent: true, isDone: false },
  { id: "bookmarks", title: "Re-sort the bookmarks", important: false, urgent: false, isDone: false },
];

export const QUADRANTS = [
  { name: "Do", glyph: "▲", when: "Urgent and important", important: true, urgent: true, style: "do" },
  {
    name: "Schedule",
    glyph: "●",
    when: "Important, not urgent",
    important: true,
    urgent: false,
    style: "schedule",
  },
  {
    name: "Delegate",
    glyph: "◆",
    when: "Urgent, not important",
    important: false,
    urgent: true,
    style: "delegate",
  },
  {
    name: "Drop",
    glyph: "■",
    when: "Neither urgent nor important",
    important: false,
    urgent: false,
    style: "drop",
  },
] as const;

export const nameOf = (axes: Record<Axis, boolean>) =>
  QUADRANTS.find(({ important, urgent }) => axes.important === important && axes.urgent === urgent)?.name;
