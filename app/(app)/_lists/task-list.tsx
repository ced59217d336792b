"use client";

import { useState } from "react";
import type { Task } from "@/lib/client/client";
import { TaskRow, type TaskRowExtra } from "../_board/task-row";
import styles from "./lists.module.css";

type Props = {
  /** Tells the lists of a page apart. */
  name: string;
  labelledBy: string;
  tasks: readonly Task[];
  extra?: TaskRowExtra;
  /** Words to mark, folded. */
  words?: readonly string[];
};

/** Rows like those of the board, in any choice of tasks. */
export function TaskList({ name, labelledBy, tasks, extra, words }: Props) {
  const [active, setActive] = useState<string | null>(null);
  const stop = tasks.some(({ id }) => id === active) ? active : tasks[0]?.id;
  return (
    <div role="grid" aria-labelledby={labelledBy} className={styles.rows} data-rows={name}>
      {tasks.map((task) => (
        <TaskRow
          key={task.id}
          id={task.id}
          known={task}
          isStop={task.id === stop}
          onActive={setActive}
          extra={extra}
          words={words}
        />
      ))}
    </div>
  );
}
