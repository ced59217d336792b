"use client";

import { useMemo } from "react";
import type { Task } from "@/lib/client/client";
import { Rows } from "../_board/rows";
import type { TaskRowExtra } from "../_board/task-row";
import styles from "./lists.module.css";

type Props = {
  name: string;
  labelledBy: string;
  tasks: readonly Task[];
  extra?: TaskRowExtra;
  words?: readonly string[];
};

/** Rows like those of the board, in any choice of tasks. */
export function TaskList({ tasks, ...list }: Props) {
  const ids = useMemo(() => tasks.map(({ id }) => id), [tasks]);
  const known = useMemo(() => new Map(tasks.map((task) => [task.id, task])), [tasks]);
  return <Rows {...list} className={styles.rows} isPaged ids={ids} known={known} />;
}
