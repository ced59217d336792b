import type { Place } from "@/lib/board/quadrants";
import { createStore } from "@/lib/board/store";

export type Dialog = "quick-add" | "palette" | "shortcuts";

export type UiState = {
  dialog: Dialog | null;
  /** With what the quick-add line begins. */
  draft: string;
  selected: ReadonlySet<string>;
  /** What the filter lets through; null where there is none. */
  shown: ReadonlySet<string> | null;
  /** The task whose title is an input just now. */
  editing: string | null;
  /** The place where the row for a new task is open. */
  adding: Place | null;
  /** The task whose menu or date picker is open. */
  menu: { id: string; kind: "move" | "due" } | null;
  /** What of a task is looked at when it opens. */
  opening: "title" | "notes";
  /** The task that was just scheduled, and is offered a day. */
  offer: string | null;
  /** The task that takes the focus as soon as it stands where it will stand. */
  focus: string | null;
  /** On a phone only one place is shown at a time. */
  tab: Place | "overview";
};

export const createUi = () =>
  createStore<UiState>({
    dialog: null,
    draft: "",
    selected: new Set(),
    shown: null,
    editing: null,
    adding: null,
    menu: null,
    opening: "title",
    offer: null,
    focus: null,
    tab: "do",
  });

export type Ui = ReturnType<typeof createUi>;
