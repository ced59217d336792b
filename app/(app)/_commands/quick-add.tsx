"use client";

import { useId, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { adding, type NewTask } from "@/lib/board/verbs";
import { useApp } from "../_shell/app-context";
import { useNames } from "../_shell/use-names";
import { shown } from "./keys";
import styles from "./quick-add.module.css";
import { QuickAddChips } from "./quick-add-chips";
import { QuickAddInput } from "./quick-add-input";
import { QuickAddPickers } from "./quick-add-pickers";
import { asOneTask, NOTES_MAX } from "./quick-line";
import { useQuickLine } from "./use-quick-line";

const EXAMPLES = [
  ["Pay rent tomorrow", "due tomorrow; also “fri”, “3 nov”, “in 2 weeks”, “next week”"],
  ["Call Anna fri 5pm", "due on Friday at 17:00"],
  ["Fix the roof !1", "into the first quadrant; !1 to !4, and !0 for Unsorted"],
  ["Plan the trip !i", "important; !u is urgent, !ui both"],
  ["Read “Next Friday”", "nothing in quotes is a date, and nothing behind a \\"],
] as const;

export function QuickAdd() {
  const { board, ui } = useApp();
  const names = useNames();
  const state = useQuickLine();
  const input = useRef<HTMLTextAreaElement>(null);
  const hint = useId();
  const [said, setSaid] = useState("");
  const { line, reading } = state;
  const focus = () => input.current?.focus();
  const close = () => ui.set({ dialog: null });

  const add = (tasks: readonly NewTask[], isStaying: boolean) => {
    if (tasks.length === 0) return focus();
    const deed = adding(board.view(), tasks, names);
    state.clear();
    board.act(deed);
    if (!isStaying) return close();
    setSaid(`${deed.label}.`);
    return focus();
  };
  const one = asOneTask(line, reading);

  return (
    <Dialog title="Add a task" onClose={close}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          add(reading.tasks, false);
        }}
      >
        <QuickAddInput
          hint={hint}
          input={input}
          state={state}
          submit={(isStaying) => add(reading.tasks, isStaying)}
        />
        <QuickAddChips state={state} focus={focus} />
        {reading.isCut && (
          <p role="status" className={styles.note}>
            A title holds 255 characters: the rest goes to the notes.
          </p>
        )}
        <QuickAddPickers state={state} focus={focus} />
        <div className={styles.actions}>
          <p id={hint} className={styles.hint}>
            <kbd>Enter</kbd> adds, <kbd>{shown("mod+enter")}</kbd> adds and stays
          </p>
          <AddButtons count={reading.tasks.length} one={one} add={(task) => add([task], false)} />
        </div>
        <p role="status" className={styles.said}>
          {line.text === "" && said}
        </p>
        <Help />
      </form>
    </Dialog>
  );
}

type AddProps = { count: number; one: NewTask | undefined; add(task: NewTask): void };

function AddButtons({ count, one, add }: AddProps) {
  const isTooLong = [...(one?.description ?? "")].length > NOTES_MAX;
  return (
    <>
      {count > 1 && isTooLong && <p className={styles.note}>Too long for the notes of one task.</p>}
      {count > 1 && one && !isTooLong && <Button onClick={() => add(one)}>Add as one with notes</Button>}
      <Button type="submit" variant="primary">
        {count > 1 ? `Add ${count} tasks` : "Add"}
      </Button>
    </>
  );
}

const Help = () => (
  <details className={styles.help}>
    <summary>What you can type</summary>
    <dl>
      {EXAMPLES.map(([text, meaning]) => (
        <div key={text}>
          <dt>{text}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  </details>
);
