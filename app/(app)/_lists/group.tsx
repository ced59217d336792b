"use client";

import { type ReactNode, useId } from "react";
import styles from "./lists.module.css";
import { TaskList } from "./task-list";

type Props = Omit<Parameters<typeof TaskList>[0], "labelledBy"> & {
  title: string;
  /** Instead of the rows, where there are none. */
  quiet?: string;
  children?: ReactNode;
};

/** A heading with the number of its tasks, and the tasks. */
export function Group({ title, quiet, children, ...list }: Props) {
  const heading = useId();
  const count = list.tasks.length;
  if (count === 0 && quiet !== undefined)
    return (
      <section aria-labelledby={heading} className={styles.quiet}>
        <h2 id={heading}>{title}</h2>
        <p>{quiet}</p>
      </section>
    );
  return (
    <section aria-labelledby={heading} className={styles.group}>
      <h2 id={heading}>
        {title}{" "}
        <span className={styles.count}>
          <span className="visually-hidden">Tasks: </span>
          {count}
        </span>
      </h2>
      {children}
      <TaskList {...list} labelledBy={heading} />
    </section>
  );
}
