import { type Place, placeByAxes, placeOf, QUADRANTS } from "@/lib/board/quadrants";
import { completing, moving, reordering, toggling, trashing } from "@/lib/board/verbs";
import { addDays, todayIn } from "@/lib/quick-add/zone";
import { allDay } from "../_board/due-picker";
import { nextTo } from "../_board/focus";
import { openTask } from "../_shell/open-task";
import { type Command, type Scene, subjectOf } from "./command";

const task = (
  id: string,
  title: string,
  keys: readonly string[],
  run: (scene: Scene) => void,
  rest: Partial<Command> = {},
): Command => ({ id, group: "Task", title, keys, needsTask: true, run, ...rest });

/** The focus follows what moves. */
function move({ board, ui, ids, names, focused }: Scene, to: Place): void {
  if (board.act(moving(board.view(), ids, to, names))) ui.set({ focus: focused });
}

function toggle({ board, ui, ids, names, focused }: Scene, axis: "important" | "urgent"): void {
  if (board.act(toggling(board.view(), ids, axis, names))) ui.set({ focus: focused });
}

function reorder({ board, ui, focused, names }: Scene, to: "up" | "down" | "top" | "bottom"): void {
  if (focused && board.act(reordering(board.view(), focused, to, names))) ui.set({ focus: focused });
}

const moveTitle = (scene: Scene, to: Place): string | null => {
  const tasks = scene.ids.flatMap((id) => scene.board.view().tasks.get(id) ?? []);
  return tasks.every((each) => placeOf(each) === to)
    ? null
    : `Move ${subjectOf(scene)} to ${scene.names(to)}`;
};

/** One step over the matrix, along the axis of the arrow. */
function shift(scene: Scene, axis: "important" | "urgent", value: boolean): void {
  const first = scene.board.view().tasks.get(scene.focused ?? scene.ids[0] ?? "");
  if (!first) return;
  const to = axis === "important" ? placeByAxes(value, first.urgent) : placeByAxes(first.important, value);
  move(scene, to);
}

/** What goes away leaves the focus to its neighbour. */
function leave({ ui, ids, focused }: Scene, act: () => boolean): void {
  const next = focused ? nextTo(focused) : null;
  if (!act()) return;
  const selected = new Set([...ui.get().selected].filter((id) => !ids.includes(id)));
  ui.set({ selected, ...(next && { focus: next }) });
}

function select({ ui, focused }: Scene, extend?: 1 | -1): void {
  if (!focused) return;
  const selected = new Set(ui.get().selected);
  if (extend === undefined) {
    if (!selected.delete(focused)) selected.add(focused);
    ui.set({ selected });
    return;
  }
  const row = document.querySelector(`[data-task="${focused}"]`);
  const beside = extend === 1 ? row?.nextElementSibling : row?.previousElementSibling;
  const id = beside instanceof HTMLElement ? beside.dataset.task : undefined;
  if (id) ui.set({ selected: selected.add(focused).add(id), focus: id });
}

const today = ({ clock }: Scene) => todayIn(clock.timeZone, clock.now);

const key: Partial<Command> = { isOnlyKey: true };

export const taskCommands: readonly Command[] = [
  task(
    "complete",
    "Complete or reopen",
    ["space"],
    (scene) => {
      const { board, ids } = scene;
      const isDone = ids.every((id) => board.view().tasks.get(id)?.is_completed);
      leave(scene, () => board.act(completing(board.view(), ids, !isDone)));
    },
    { aliases: "done finish check" },
  ),
  task("open", "Open", ["enter", "o"], ({ focused }) => focused && openTask(focused), {
    aliases: "details",
  }),
  task("notes", "Write notes", ["n"], ({ ui, focused }) => {
    if (!focused) return;
    ui.set({ opening: "notes" });
    openTask(focused);
  }),
  task("edit", "Edit the title", ["e", "f2"], ({ ui, focused }) => ui.set({ editing: focused }), {
    aliases: "rename",
  }),
  ...QUADRANTS.map(({ key: place, number, meaning }) =>
    task(`move-${place}`, `Move to ${number}`, [`${number}`], (scene) => move(scene, place), {
      titleOf: (scene) => moveTitle(scene, place),
      aliases: `prio priority ${place} ${meaning}`,
    }),
  ),
  task("move-unsorted", "Move back to Unsorted", ["0"], (scene) => move(scene, "unsorted"), {
    titleOf: (scene) => moveTitle(scene, "unsorted"),
  }),
  task("urgent", "Urgent, or not", ["u"], (scene) => toggle(scene, "urgent")),
  task("important", "Important, or not", ["i"], (scene) => toggle(scene, "important")),
  task("move-left", "Move to the urgent side", ["mod+shift+arrowleft"], (s) => shift(s, "urgent", true), key),
  task(
    "move-right",
    "Move to the side that is not urgent",
    ["mod+shift+arrowright"],
    (s) => shift(s, "urgent", false),
    key,
  ),
  task(
    "move-up",
    "Move to the important half",
    ["mod+shift+arrowup"],
    (s) => shift(s, "important", true),
    key,
  ),
  task(
    "move-down",
    "Move to the half that is not important",
    ["mod+shift+arrowdown"],
    (s) => shift(s, "important", false),
    key,
  ),
  task("up", "Move up", ["alt+arrowup"], (scene) => reorder(scene, "up")),
  task("down", "Move down", ["alt+arrowdown"], (scene) => reorder(scene, "down")),
  task("top", "Move to the top", ["alt+shift+arrowup"], (scene) => reorder(scene, "top")),
  task("bottom", "Move to the bottom", ["alt+shift+arrowdown"], (scene) => reorder(scene, "bottom")),
  task(
    "menu",
    "Move and more…",
    ["m"],
    ({ ui, focused }) => focused && ui.set({ menu: { id: focused, kind: "move" } }),
  ),
  task(
    "due",
    "Due date…",
    ["d"],
    ({ ui, focused }) => focused && ui.set({ menu: { id: focused, kind: "due" } }),
    {
      aliases: "snooze date schedule deadline",
    },
  ),
  task("due-today", "Due today", ["t"], (scene) => scene.setDue(scene.ids, allDay(today(scene)))),
  task("due-tomorrow", "Due tomorrow", ["shift+t"], (scene) =>
    scene.setDue(scene.ids, allDay(addDays(today(scene), 1))),
  ),
  task("due-none", "Clear the date", ["shift+d"], (scene) => scene.setDue(scene.ids, null)),
  task(
    "trash",
    "Move to the trash",
    ["delete", "backspace", "#"],
    (scene) => {
      const { board, ids } = scene;
      leave(scene, () => board.act(trashing(board.view(), ids)));
    },
    { aliases: "delete remove drop" },
  ),
  task("copy", "Copy the link", ["y"], ({ focused, board }) => {
    if (!focused) return;
    void navigator.clipboard.writeText(`${location.origin}/task/${focused}`);
    board.notices.show({ kind: "done", text: "The link is copied." });
  }),
  task("select", "Select, or not", ["x"], (scene) => select(scene), { group: "Selection" }),
  task("select-down", "Extend the selection down", ["shift+arrowdown"], (scene) => select(scene, 1), {
    group: "Selection",
    ...key,
  }),
  task("select-up", "Extend the selection up", ["shift+arrowup"], (scene) => select(scene, -1), {
    group: "Selection",
    ...key,
  }),
];
