import { focusRow } from "../_board/focus";
import type { Command, Scene } from "./command";

const go = (keys: string, title: string, path: Parameters<Scene["router"]["push"]>[0]): Command => ({
  id: `go-${path}`,
  group: "Go to",
  title,
  keys: [keys],
  run: ({ router }) => router.push(path),
});

const stepTitle = (verb: string, label: string | null) =>
  label && `${verb}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`;

const show = (id: string | null) => requestAnimationFrame(() => focusRow(id));

export const anywhere: readonly Command[] = [
  {
    id: "palette",
    group: "Anywhere",
    title: "Commands",
    keys: ["mod+k"],
    isOnlyKey: true,
    run: ({ ui }) => ui.set({ dialog: "palette" }),
  },
  {
    id: "quick-add",
    group: "Anywhere",
    title: "Add a task",
    keys: ["q", "c"],
    aliases: "new create quick capture",
    run: ({ ui }) => ui.set({ dialog: "quick-add", draft: "" }),
  },
  {
    id: "search",
    group: "Anywhere",
    title: "Filter or search",
    keys: ["/"],
    aliases: "find",
    run: ({ router }) => {
      const bar = document.querySelector<HTMLInputElement>("[data-filter]");
      if (bar) bar.focus();
      else router.push("/search");
    },
  },
  {
    id: "shortcuts",
    group: "Anywhere",
    title: "Keyboard shortcuts",
    keys: ["?"],
    aliases: "help keys",
    run: ({ ui }) => ui.set({ dialog: "shortcuts" }),
  },
  {
    id: "undo",
    group: "Anywhere",
    title: "Undo",
    keys: ["mod+z"],
    titleOf: ({ board }) => stepTitle("Undo", board.store.get().undoLabel),
    run: ({ board }) => show(board.undo()),
  },
  {
    id: "redo",
    group: "Anywhere",
    title: "Redo",
    keys: ["mod+shift+z", "mod+y"],
    titleOf: ({ board }) => stepTitle("Redo", board.store.get().redoLabel),
    run: ({ board }) => show(board.redo()),
  },
  {
    id: "notices",
    group: "Anywhere",
    title: "Go to the newest message",
    keys: ["f8"],
    isOnlyKey: true,
    run: () => document.querySelector<HTMLElement>("[data-notices] li:last-child button")?.focus(),
  },
  go("g m", "Go to the matrix", "/matrix"),
  go("g i", "Go to Unsorted", "/inbox"),
  go("g o", "Sort what is unsorted", "/sort"),
  go("g t", "Go to today", "/today"),
  go("g u", "Go to upcoming", "/upcoming"),
  go("g d", "Go to what is done", "/done"),
  go("g x", "Go to the trash", "/trash"),
  go("g /", "Search everywhere", "/search"),
  go("g ,", "Go to the settings", "/settings"),
];
