"use client";

import type { Task } from "@/lib/client/client";
import { useApp } from "../_shell/app-context";
import styles from "./board.module.css";

/** What dragging does, and more, with a click for each step. */
export function TaskMenu({ task: { id, title }, tabIndex }: { task: Task; tabIndex: number }) {
  const { ui } = useApp();
  return (
    <button
      type="button"
      className={styles.more}
      tabIndex={tabIndex}
      aria-label={`Move ${title}`}
      aria-haspopup="menu"
      title="Move and more (M)"
      onClick={() => ui.set({ menu: { id, kind: "move" } })}
    />
  );
}
