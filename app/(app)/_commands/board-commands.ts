import { type Place, placeOf, QUADRANTS } from "@/lib/board/quadrants";
import { across, focusedId, focusedPlace, focusPlace, step, toEdge } from "../_board/focus";
import type { Command, Scene } from "./command";

const key = (id: string, title: string, keys: readonly string[], run: (scene: Scene) => void): Command => ({
  id,
  group: "Board",
  title,
  keys,
  isOnlyKey: true,
  run,
});

const LEFT_AND_RIGHT = { left: ["do", "delegate", "unsorted"], right: ["schedule", "drop"] } as const;

const isInBottomRow = () => ["delegate", "drop"].includes(focusedPlace() ?? "");

function beside(side: "left" | "right"): void {
  const [upper, lower, other] = LEFT_AND_RIGHT[side];
  across(isInBottomRow() ? [lower, upper] : [upper, lower, ...(other ? [other] : [])]);
}

export const boardCommands: readonly Command[] = [
  key("next", "Next task", ["arrowdown", "j"], () => step(1)),
  key("previous", "Previous task", ["arrowup", "k"], () => step(-1)),
  key("left", "The quadrant on the left", ["arrowleft"], () => beside("left")),
  key("right", "The quadrant on the right", ["arrowright"], () => beside("right")),
  key("first", "First task of the quadrant", ["home"], () => toEdge("first")),
  key("last", "Last task of the quadrant", ["end"], () => toEdge("last")),
  ...QUADRANTS.map(({ key: place, number }) =>
    key(`jump-${place}`, `Jump to quadrant ${number}`, [`shift+${number}`], () => focusPlace(place)),
  ),
  key("jump-unsorted", "Jump to Unsorted", ["shift+0"], () => focusPlace("unsorted")),
  {
    id: "add-here",
    group: "Board",
    title: "Add to this quadrant",
    keys: ["a"],
    run: ({ ui, board, focused }) => {
      const task = focused ? board.view().tasks.get(focused) : undefined;
      ui.set({ adding: task ? placeOf(task) : ((focusedPlace() as Place | null) ?? "unsorted") });
    },
  },
  {
    id: "zoom",
    group: "Board",
    title: "Show this quadrant alone, or all again",
    keys: ["z"],
    run: ({ router }) => {
      if (/^\/(matrix\/\d|inbox)/.test(location.pathname)) return router.push("/matrix");
      const quadrant = QUADRANTS.find(({ key }) => key === focusedPlace());
      router.push(quadrant ? `/matrix/${quadrant.number}` : "/inbox");
    },
  },
  {
    id: "select-all",
    group: "Selection",
    title: "Select the quadrant, then the board",
    keys: ["mod+a"],
    isOnlyKey: true,
    run: ({ ui }) => ui.set({ selected: widen(ui.get().selected) }),
  },
];

/** First what stands beside the focus, and the second time all that is shown. */
function widen(selected: ReadonlySet<string>): ReadonlySet<string> {
  const idsIn = (selector: string) =>
    [...document.querySelectorAll<HTMLElement>(selector)].flatMap(({ dataset }) => dataset.task ?? []);
  const place = focusedId() ? focusedPlace() : null;
  const near = place ? idsIn(`[data-rows="${place}"] > [data-task]`) : [];
  const isAll = near.length > 0 && near.every((id) => selected.has(id));
  return new Set(near.length === 0 || isAll ? idsIn("[data-rows] > [data-task]") : near);
}
