"use client";

import { useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { trashDaysLeft } from "@/lib/board/agenda";
import { restoring } from "@/lib/board/verbs";
import type { Task } from "@/lib/client/client";
import { todayIn } from "@/lib/quick-add/zone";
import { Marked } from "../_board/marked";
import { PlaceTag } from "../_board/place-tag";
import { useApp, useBoardState } from "../_shell/app-context";
import { useClock } from "../_shell/use-clock";
import { DeleteForever } from "./delete-forever";
import styles from "./lists.module.css";
import { useDayText } from "./use-day-text";

/** Those that are still there: what was restored here or elsewhere is the board's again. */
export function useTrashed(tasks: readonly Task[]): readonly Task[] {
  const known = useBoardState((state) => state.tasks);
  return tasks.filter(({ id }) => known.get(id)?.deleted_at !== null);
}

type Props = { tasks: readonly Task[]; label: string; words?: readonly string[]; onGone(id: string): void };

export function TrashList({ tasks, label, words = [], onGone }: Props) {
  const { board } = useApp();
  const shown = useTrashed(tasks);
  const list = useRef<HTMLUListElement>(null);
  const [doomed, setDoomed] = useState<Task | null>(null);
  /** To the row that comes to stand where this one was. */
  const leave = (id: string) => {
    const at = shown.findIndex((task) => task.id === id);
    const next = shown[at + 1] ?? shown[at - 1];
    const page = list.current?.closest<HTMLElement>("[tabindex]");
    const row = `[data-trashed="${next?.id}"] button`;
    requestAnimationFrame(() => (page?.querySelector<HTMLElement>(row) ?? page)?.focus());
  };
  return (
    <>
      <ul ref={list} aria-label={label} className={styles.rows}>
        {shown.map((task) => (
          <TrashRow
            key={task.id}
            task={task}
            words={words}
            restore={() => {
              leave(task.id);
              board.act(restoring([task]), { seen: [task] });
            }}
            doom={() => setDoomed(task)}
          />
        ))}
      </ul>
      {doomed && (
        <DeleteForever
          task={doomed}
          onClose={() => setDoomed(null)}
          onGone={() => {
            setDoomed(null);
            leave(doomed.id);
            onGone(doomed.id);
          }}
        />
      )}
    </>
  );
}

type RowProps = { task: Task; words: readonly string[]; restore(): void; doom(): void };

function TrashRow({ task, words, restore, doom }: RowProps) {
  const { timeZone, now } = useClock();
  const dayText = useDayText();
  const { id, title, deleted_at: at } = task;
  const day =
    at &&
    dayText(todayIn(timeZone, new Date(at))).replace(/^(Today|Yesterday)$/, (name) => name.toLowerCase());
  const left = at ? trashDaysLeft(at, now) : 0;
  return (
    <li className={styles.trashed} data-trashed={id}>
      <div>
        <p className={styles.name}>
          <Marked text={title} words={words} />
        </p>
        <p className={styles.hint}>
          <PlaceTag task={task} /> · Deleted {day} · {left === 1 ? "1 day" : `${left} days`} left
        </p>
      </div>
      <Button icon="undo" aria-label={`Restore ${title}`} onClick={restore}>
        Restore
      </Button>
      <Button variant="quiet" icon="trash" aria-label={`Delete forever: ${title}`} onClick={doom}>
        Delete forever
      </Button>
    </li>
  );
}
