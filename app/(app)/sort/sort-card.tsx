"use client";

import { useLayoutEffect, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { placeByAxes } from "@/lib/board/quadrants";
import type { Task } from "@/lib/client/client";
import { DueChip } from "../_board/due-chip";
import { TitleInput } from "../_board/title-input";
import { useApp, useStore } from "../_shell/app-context";
import { Key } from "./key";
import { MiniMatrix } from "./mini-matrix";
import styles from "./sort.module.css";
import { useSortKeys } from "./use-sort-keys";
import type { SortingActions } from "./use-sorting";

type Props = { task: Task; sorting: SortingActions };

export function SortCard({ task, sorting }: Props) {
  const [axes, setAxes] = useState({ important: false, urgent: false });
  const to = placeByAxes(axes.important, axes.urgent);
  const toggle = (axis: "important" | "urgent") => setAxes({ ...axes, [axis]: !axes[axis] });
  useSortKeys({ ...sorting, toggle, settle: () => sorting.decide(to) });
  return (
    <div className={styles.desk}>
      <Card task={task} />
      <fieldset className={styles.axes}>
        <legend className="visually-hidden">Where does it belong?</legend>
        <Axis
          name="Important?"
          hint="Moves me toward a goal"
          keyName="I"
          isOn={axes.important}
          toggle={() => toggle("important")}
        />
        <Axis
          name="Urgent?"
          hint="Bad within 48 h if ignored"
          keyName="U"
          isOn={axes.urgent}
          toggle={() => toggle("urgent")}
        />
      </fieldset>
      <MiniMatrix to={to} decide={sorting.decide} />
      <Actions sorting={sorting} settle={() => sorting.decide(to)} />
    </div>
  );
}

/** Takes the focus, so that every key that does something to a task does it to this one. */
function Card({ task }: { task: Task }) {
  const { ui } = useApp();
  const card = useRef<HTMLElement>(null);
  const isEditing = useStore(ui, (state) => state.editing === task.id);
  const isAsked = useStore(ui, (state) => state.focus === task.id);
  useLayoutEffect(() => card.current?.focus(), []);
  useLayoutEffect(() => {
    if (!isAsked) return;
    card.current?.focus();
    ui.set({ focus: null });
  }, [isAsked, ui]);
  return (
    <article ref={card} tabIndex={-1} aria-label={task.title} className={styles.card} data-task={task.id}>
      {isEditing ? <TitleInput task={task} /> : <h2>{task.title}</h2>}
      <DueChip task={task} tabIndex={0} />
      {task.description && <p className={styles.notes}>{task.description}</p>}
    </article>
  );
}

type AxisProps = { name: string; hint: string; keyName: string; isOn: boolean; toggle(): void };

const Axis = ({ name, hint, keyName, isOn, toggle }: AxisProps) => (
  <label className={styles.axis}>
    <input type="checkbox" checked={isOn} onChange={toggle} />
    <span>
      {name} <small>{hint}</small>
    </span>
    <Key>{keyName}</Key>
  </label>
);

const Actions = ({ sorting, settle }: Pick<Props, "sorting"> & { settle(): void }) => (
  <p className={styles.actions}>
    <Button variant="primary" onClick={settle}>
      Sort it <Key>Enter</Key>
    </Button>
    <Button icon="arrow" onClick={sorting.skip}>
      Skip <Key>S</Key>
    </Button>
    <Button icon="calendar" aria-haspopup="dialog" onClick={sorting.date}>
      Due date <Key>D</Key>
    </Button>
    <Button icon="trash" onClick={sorting.trash}>
      Trash <Key>#</Key>
    </Button>
    <Button icon="undo" aria-disabled={!sorting.canStepBack} onClick={sorting.stepBack}>
      Step back
    </Button>
  </p>
);
