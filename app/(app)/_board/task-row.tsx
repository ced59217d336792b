"use client";

import { type ComponentType, memo, useLayoutEffect, useRef } from "react";
import { placeOf } from "@/lib/board/quadrants";
import { completing } from "@/lib/board/verbs";
import type { Task } from "@/lib/client/client";
import { useApp, useBoardState, usePreferences, useStore } from "../_shell/app-context";
import { openTask } from "../_shell/open-task";
import styles from "./board.module.css";
import { DateOffer } from "./date-offer";
import { DueChip } from "./due-chip";
import { nextTo } from "./focus";
import { Marked } from "./marked";
import { NotesMark } from "./notes-mark";
import { TaskMenu } from "./task-menu";
import { TitleInput } from "./title-input";

type Props = {
  id: string;
  /** Whether the Tab key stops here: at one row of each list. */
  isStop: boolean;
  onActive(id: string): void;
  /** As it came with the page, until the board knows it. */
  known?: Task | undefined;
  /** What this page says of a task beside. */
  extra?: TaskRowExtra | undefined;
  /** What was searched for, to be marked. */
  words?: readonly string[] | undefined;
};

const NO_WORDS: readonly string[] = [];

export type TaskRowExtra = ComponentType<{ task: Task; tabIndex: number }>;

export const TaskRow = memo(function TaskRow({
  id,
  isStop,
  onActive,
  known,
  extra,
  words = NO_WORDS,
}: Props) {
  const { ui } = useApp();
  const task = useBoardState((state) => state.tasks.get(id)) ?? known;
  const isSelected = useStore(ui, (state) => state.selected.has(id));
  const isOffered = useStore(ui, (state) => state.offer === id);
  const isEditing = useStore(ui, (state) => state.editing === id);
  const row = useFocusWhenAsked(id);
  const { shortcuts } = usePreferences();
  if (!task) return null;
  // With single keys on, the row alone takes the focus: what its buttons do has a key.
  const tabIndex = shortcuts || !isStop ? -1 : 0;
  return (
    <div
      ref={row}
      role="row"
      tabIndex={isStop ? 0 : -1}
      aria-selected={isSelected}
      aria-label={task.title}
      className={styles.row}
      data-task={id}
      data-place={placeOf(task)}
      onFocus={() => onActive(id)}
    >
      <div role="gridcell" className={styles.cell}>
        <Marks task={task} isSelected={isSelected} tabIndex={tabIndex} />
      </div>
      <div role="gridcell" className={styles.title}>
        {isEditing ? <TitleInput task={task} /> : <Title task={task} tabIndex={tabIndex} words={words} />}
        <Meta task={task} tabIndex={tabIndex} words={words} extra={extra} />
        {isOffered && <DateOffer task={task} />}
      </div>
      <div role="gridcell" className={styles.cell}>
        <TaskMenu task={task} tabIndex={tabIndex} />
      </div>
    </div>
  );
});

/** After a move the card is made anew in another list; the focus goes along with it. */
function useFocusWhenAsked(id: string) {
  const { ui } = useApp();
  const row = useRef<HTMLDivElement>(null);
  const isAsked = useStore(ui, (state) => state.focus === id);
  useLayoutEffect(() => {
    if (!isAsked) return;
    row.current?.focus({ preventScroll: true });
    // One that had the focus before it was moved would not be scrolled to by focusing it again.
    row.current?.scrollIntoView({ block: "nearest" });
    ui.set({ focus: null });
  }, [isAsked, ui]);
  return row;
}

type MarksProps = { task: Task; isSelected: boolean; tabIndex: number };

function Marks({ task, isSelected, tabIndex }: MarksProps) {
  const { board, ui } = useApp();
  const toggle = () => {
    const selected = new Set(ui.get().selected);
    if (!selected.delete(task.id)) selected.add(task.id);
    ui.set({ selected });
  };
  return (
    <>
      <input
        type="checkbox"
        className={styles.select}
        aria-label={`Select ${task.title}`}
        checked={isSelected}
        tabIndex={tabIndex}
        onChange={toggle}
      />
      <input
        type="checkbox"
        className={styles.check}
        aria-label={`Complete ${task.title}`}
        title="Complete (Space)"
        checked={task.is_completed}
        tabIndex={tabIndex}
        onChange={() => {
          const next = nextTo(task.id);
          if (board.act(completing(board.view(), [task.id], !task.is_completed))) ui.set({ focus: next });
        }}
      />
    </>
  );
}

type PartProps = { task: Task; tabIndex: number; words: readonly string[] };

function Meta({ task, tabIndex, words, extra: Extra }: PartProps & Pick<Props, "extra">) {
  if (!Extra && task.due_datetime === null && !task.description) return null;
  return (
    <div className={styles.meta}>
      {Extra && <Extra task={task} tabIndex={tabIndex} />}
      <DueChip task={task} tabIndex={tabIndex} />
      {task.description && <NotesMark text={task.description} words={words} />}
    </div>
  );
}

function Title({ task, tabIndex, words }: PartProps) {
  const { ui } = useApp();
  return (
    <a
      href={`/task/${task.id}`}
      className={styles.name}
      tabIndex={tabIndex}
      draggable={false}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        if (matchMedia("(pointer: coarse)").matches) openTask(task.id);
        else ui.set({ editing: task.id });
      }}
    >
      <Marked text={task.title} words={words} />
    </a>
  );
}
