"use client";

import { useMemo } from "react";
import type { Task } from "@/lib/client/client";
import { addDays, todayIn } from "@/lib/quick-add/zone";
import { allDay, nextWeek, useSetDue } from "../_board/due-picker";
import { nextTo } from "../_board/focus";
import { Group } from "../_lists/group";
import styles from "../_lists/lists.module.css";
import { useApp, useBoardState } from "../_shell/app-context";
import { useClock } from "../_shell/use-clock";
import { useNames } from "../_shell/use-names";

/** What is important and not urgent gets done on a day, or not at all. */
export function PlanThese() {
  const tasks = useBoardState((state) => state.tasks);
  const ids = useBoardState((state) => state.places.schedule);
  const name = useNames()("schedule");
  const undated = useMemo(
    () => ids.flatMap((id) => tasks.get(id) ?? []).filter(({ due_datetime }) => due_datetime === null),
    [ids, tasks],
  );
  return (
    <aside className={styles.side}>
      <Group
        title="Plan these"
        name="undated"
        tasks={undated}
        extra={Chips}
        quiet={`Everything in ${name} has a date.`}
      >
        <p className={styles.hint}>In {name}, without a date</p>
      </Group>
    </aside>
  );
}

function Chips({ task: { id, title }, tabIndex }: { task: Task; tabIndex: number }) {
  const { ui } = useApp();
  const clock = useClock();
  const setDue = useSetDue();
  const today = todayIn(clock.timeZone, clock.now);
  const choices = [
    { label: "Today", date: today },
    { label: "Tomorrow", date: addDays(today, 1) },
    { label: "Next week", date: nextWeek(clock) },
  ];
  return (
    <span className={styles.chips}>
      {choices.map(({ label, date }) => (
        <button
          key={label}
          type="button"
          tabIndex={tabIndex}
          aria-label={`${label}: ${title}`}
          onClick={() => {
            const next = nextTo(id);
            setDue([id], allDay(date));
            ui.set({ focus: next });
          }}
        >
          {label}
        </button>
      ))}
      <button
        type="button"
        tabIndex={tabIndex}
        aria-label={`Pick a date: ${title}`}
        onClick={() => ui.set({ menu: { id, kind: "due" } })}
      >
        Pick a date
      </button>
    </span>
  );
}
