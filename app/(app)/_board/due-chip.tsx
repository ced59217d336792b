"use client";

import { isOverdue } from "@/lib/board/filter";
import type { Task } from "@/lib/client/client";
import { describeDue } from "@/lib/quick-add/describe-due";
import { useApp } from "../_shell/app-context";
import { useClock } from "../_shell/use-clock";
import styles from "./board.module.css";

export function DueChip({ task, tabIndex }: { task: Task; tabIndex: number }) {
  const { ui } = useApp();
  const clock = useClock();
  if (task.due_datetime === null) return null;
  const due = { dueDatetime: task.due_datetime, dueAllDay: task.due_all_day };
  const { text, overdueDays } = describeDue(due, clock);
  const isLate = isOverdue(task, clock);
  return (
    <button
      type="button"
      className={isLate ? styles.late : styles.due}
      tabIndex={tabIndex}
      aria-label={`Due ${text}${isLate ? ", overdue" : ""}: change`}
      onClick={() => ui.set({ menu: { id: task.id, kind: "due" } })}
    >
      {isLate && overdueDays > 0 ? `Overdue ${overdueDays} d · ${text}` : text}
    </button>
  );
}
