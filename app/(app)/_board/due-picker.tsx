"use client";

import { useState } from "react";
import { dayOf } from "@/lib/board/filter";
import { type Due, dating } from "@/lib/board/verbs";
import type { Task } from "@/lib/client/client";
import { describeDue } from "@/lib/quick-add/describe-due";
import { addDays, momentOf, todayIn, weekdayOf } from "@/lib/quick-add/zone";
import { useApp } from "../_shell/app-context";
import { type Clock, useClock } from "../_shell/use-clock";
import styles from "./popup.module.css";

const START = { sunday: 0, monday: 1, saturday: 6 } as const;

export const allDay = (date: string): Due => ({ due_datetime: `${date}T00:00:00.000Z`, due_all_day: true });

/** The first day of the week to come, as the person counts weeks. */
export function nextWeek({ now, timeZone, weekStart }: Clock): string {
  const today = todayIn(timeZone, now);
  return addDays(today, ((START[weekStart] - weekdayOf(today) + 6) % 7) + 1);
}

export function useSetDue(): (ids: readonly string[], due: Due) => void {
  const { board } = useApp();
  const clock = useClock();
  return (ids, due) => {
    const told =
      due && describeDue({ dueDatetime: due.due_datetime, dueAllDay: due.due_all_day }, clock).text;
    board.act(dating(board.view(), ids, due, told ?? ""));
  };
}

export function DuePicker({ task, ids = [task.id] }: { task: Task; ids?: readonly string[] }) {
  const { ui } = useApp();
  const clock = useClock();
  const setDue = useSetDue();
  const today = todayIn(clock.timeZone, clock.now);
  const pick = (due: Due) => {
    setDue(ids, due);
    ui.set({ menu: null, focus: task.id });
  };
  const choices = [
    { label: "Today", date: today },
    { label: "Tomorrow", date: addDays(today, 1) },
    { label: "Next week", date: nextWeek(clock) },
  ];
  return (
    <div role="dialog" aria-label={`Due date of ${task.title}`} className={styles.picker}>
      {choices.map(({ label, date }) => (
        <button key={label} type="button" className={styles.item} onClick={() => pick(allDay(date))}>
          {label}
        </button>
      ))}
      <DateAndTime task={task} clock={clock} pick={pick} />
      {task.due_datetime && (
        <button type="button" className={styles.item} onClick={() => pick(null)}>
          Clear the date
        </button>
      )}
    </div>
  );
}

type DateProps = { task: Task; clock: Clock; pick(due: Due): void };

function DateAndTime({ task, clock, pick }: DateProps) {
  const [date, setDate] = useState(() => dayOf(task, clock) ?? "");
  const [time, setTime] = useState(() => timeOf(task, clock));
  return (
    <form
      className={styles.moment}
      onSubmit={(event) => {
        event.preventDefault();
        if (!date) return;
        const moment = time && momentOf(date, time, clock.timeZone).toISOString();
        pick(moment ? { due_datetime: moment, due_all_day: false } : allDay(date));
      }}
    >
      <label>
        Date
        <input type="date" value={date} required onChange={({ target }) => setDate(target.value)} />
      </label>
      <label>
        Time (optional)
        <input type="time" value={time} onChange={({ target }) => setTime(target.value)} />
      </label>
      <button type="submit" className={styles.set}>
        Set
      </button>
    </form>
  );
}

/** As an input of the browser wants it. */
function timeOf({ due_datetime, due_all_day }: Task, { timeZone }: Clock): string {
  if (due_datetime === null || due_all_day) return "";
  return new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(
    new Date(due_datetime),
  );
}
