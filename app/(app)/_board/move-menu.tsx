"use client";

import type { KeyboardEvent, ReactNode } from "react";
import { type Place, placeOf, quadrantOf } from "@/lib/board/quadrants";
import { completing, type Deed, moving, reordering, trashing } from "@/lib/board/verbs";
import type { Task } from "@/lib/client/client";
import { useApp } from "../_shell/app-context";
import { openTask } from "../_shell/open-task";
import { useNames } from "../_shell/use-names";
import { nextTo } from "./focus";
import styles from "./popup.module.css";

const ORDER = ["do", "schedule", "delegate", "drop", "unsorted"] as const;

const STEPS = [
  { to: "top", label: "Move to top", keys: "Alt ⇧ ↑" },
  { to: "up", label: "Move up", keys: "Alt ↑" },
  { to: "down", label: "Move down", keys: "Alt ↓" },
  { to: "bottom", label: "Move to bottom", keys: "Alt ⇧ ↓" },
] as const;

export function MoveMenu({ task }: { task: Task }) {
  const { board, ui } = useApp();
  const names = useNames();
  const { id } = task;
  const isOpen = !task.is_completed && !task.deleted_at;
  /** The menu closes, and the focus stays with the card. */
  const move = (deed: Deed) => {
    board.act(deed);
    ui.set({ menu: null, focus: id });
  };
  return (
    <div role="menu" aria-label={`Move ${task.title}`} tabIndex={-1} onKeyDown={rove}>
      {ORDER.map((place) => (
        <PlaceItem
          key={place}
          place={place}
          isCurrent={isOpen && placeOf(task) === place}
          run={() => move(moving(board.view(), [id], place, names))}
        />
      ))}
      <hr />
      {STEPS.map(({ to, label, keys }) => (
        <Item key={to} keys={keys} run={() => move(reordering(board.view(), id, to, names))}>
          {label}
        </Item>
      ))}
      <hr />
      <Others task={task} />
    </div>
  );
}

function Others({ task: { id, is_completed } }: { task: Task }) {
  const { board, ui } = useApp();
  /** What goes away leaves the focus to its neighbour. */
  const leave = (deed: Deed) => {
    const next = nextTo(id);
    board.act(deed);
    ui.set({ menu: null, focus: next });
  };
  return (
    <>
      <Item keys="D" run={() => ui.set({ menu: { id, kind: "due" } })}>
        Due date…
      </Item>
      <Item
        keys="Enter"
        run={() => {
          ui.set({ menu: null });
          openTask(id);
        }}
      >
        Open
      </Item>
      <Item keys="Space" run={() => leave(completing(board.view(), [id], !is_completed))}>
        {is_completed ? "Reopen" : "Complete"}
      </Item>
      <Item keys="Del" isDanger run={() => leave(trashing(board.view(), [id]))}>
        Move to trash
      </Item>
    </>
  );
}

type PlaceItemProps = { place: Place; isCurrent: boolean; run(): void };

function PlaceItem({ place, isCurrent, run }: PlaceItemProps) {
  const name = useNames()(place);
  const quadrant = quadrantOf(place);
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={isCurrent}
      tabIndex={-1}
      data-first={isCurrent ? undefined : ""}
      data-place={place}
      className={styles.item}
      onClick={run}
    >
      <span className={styles.glyph} aria-hidden="true">
        {quadrant?.glyph ?? "○"}
      </span>
      <span>
        {quadrant?.number ?? 0} {name}
      </span>
      {isCurrent && <span className={styles.current}>current</span>}
    </button>
  );
}

type ItemProps = { children: ReactNode; keys: string; isDanger?: boolean; run(): void };

const Item = ({ children, keys, isDanger = false, run }: ItemProps) => (
  <button
    type="button"
    role="menuitem"
    tabIndex={-1}
    className={isDanger ? styles.danger : styles.item}
    onClick={run}
  >
    <span>{children}</span>
    <kbd>{keys}</kbd>
  </button>
);

/** Arrows go round; a letter or a number goes to the item that begins with it. */
function rove(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role^=menuitem]")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  const key = event.key.toLowerCase();
  const found =
    to === undefined
      ? items.find(
          (item) =>
            key.length === 1 &&
            item.textContent
              ?.trim()
              .replace(/^\W+\s*/, "")
              .toLowerCase()
              .startsWith(key),
        )
      : items.at(to % items.length);
  event.stopPropagation();
  if (!found) return;
  event.preventDefault();
  found.focus();
}
