import { type Place, placeOf, QUADRANTS } from "@/lib/board/quadrants";
import {
  across,
  focusedId,
  focusedPlace,
  focusPlace,
  idsBeside,
  idsIn,
  idsOnPage,
  step,
} from "../_board/focus";
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

function toSide({ ui }: Scene, side: "left" | "right"): void {
  const [upper, lower, other] = LEFT_AND_RIGHT[side];
  ui.set({ focus: across(isInBottomRow() ? [lower, upper] : [upper, lower, ...(other ? [other] : [])]) });
}

const toEdge = ({ ui, focused }: Scene, edge: 0 | -1) =>
  ui.set({ focus: idsBeside(focused).at(edge) ?? null });

export const boardCommands: readonly Command[] = [
  key("next", "Next task", ["arrowdown", "j"], () => step(1)),
  key("previous", "Previous task", ["arrowup", "k"], () => step(-1)),
  key("left", "The quadrant on the left", ["arrowleft"], (scene) => toSide(scene, "left")),
  key("right", "The quadrant on the right", ["arrowright"], (scene) => toSide(scene, "right")),
  key("first", "First task of the quadrant", ["home"], (scene) => toEdge(scene, 0)),
  key("last", "Last task of the quadrant", ["end"], (scene) => toEdge(scene, -1)),
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
  const place = focusedId() ? focusedPlace() : null;
  const near = place ? idsIn(place) : [];
  const isAll = near.length > 0 && near.every((id) => selected.has(id));
  return new Set(near.length === 0 || isAll ? idsOnPage() : near);
}
