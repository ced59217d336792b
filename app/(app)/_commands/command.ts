import type { useRouter } from "next/navigation";
import type { Board } from "@/lib/board/board";
import type { Place } from "@/lib/board/quadrants";
import type { Due } from "@/lib/board/verbs";
import type { Ui } from "../_shell/ui";
import type { Clock } from "../_shell/use-clock";

/** What a command works with. */
export type Scene = {
  board: Board;
  ui: Ui;
  router: ReturnType<typeof useRouter>;
  clock: Clock;
  names: (place: Place) => string;
  setDue(ids: readonly string[], due: Due): void;
  /** The tasks that it is about: what is selected, or else the one that has the focus. */
  ids: readonly string[];
  /** The one that has the focus. */
  focused: string | null;
};

export type Command = {
  id: string;
  group: "Anywhere" | "Go to" | "Board" | "Task" | "Selection";
  title: string;
  /** The first is shown: `mod+k`, `shift+1`, `g m`; mod is Ctrl, and ⌘ on a Mac. */
  keys: readonly string[];
  /** How the palette calls it just now; null when there is nothing to do. */
  titleOf?(scene: Scene): string | null;
  /** Other words that the palette finds it by. */
  aliases?: string;
  /** Only where there is a task to do it to. */
  needsTask?: boolean;
  /** Not offered in the palette: moving the focus, say. */
  isOnlyKey?: boolean;
  run(scene: Scene): void;
};

/** The task or tasks that it is about, in words. */
export function subjectOf({ board, ids }: Pick<Scene, "board" | "ids">): string {
  const [first] = ids;
  const title = first && ids.length === 1 ? (board.view().tasks.get(first)?.title ?? "") : "";
  return title ? `“${title.length > 40 ? `${title.slice(0, 39)}…` : title}”` : `${ids.length} tasks`;
}
