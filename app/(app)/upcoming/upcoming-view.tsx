"use client";

import Link from "next/link";
import { useMemo } from "react";
import { agendaDays, countAfter, todayGroups } from "@/lib/board/agenda";
import { PlaceTag } from "../_board/place-tag";
import { Group } from "../_lists/group";
import styles from "../_lists/lists.module.css";
import { PageHead } from "../_lists/page-head";
import { useDayText } from "../_lists/use-day-text";
import { useBoardState } from "../_shell/app-context";
import { useClock } from "../_shell/use-clock";
import { PlanThese } from "./plan-these";

const DAYS = 14;

export function UpcomingView() {
  const tasks = useBoardState((state) => state.tasks);
  const { now, timeZone } = useClock();
  const dayText = useDayText();
  const { days, later, overdue } = useMemo(() => {
    const clock = { now, timeZone };
    const days = agendaDays(tasks.values(), clock, DAYS);
    const later = countAfter(tasks.values(), days.at(-1)?.day ?? "", clock);
    return { days, later, overdue: todayGroups(tasks.values(), clock).overdue.length };
  }, [tasks, now, timeZone]);
  return (
    <div className={styles.page} data-wide="">
      <PageHead title="Upcoming" />
      <div className={styles.beside}>
        <div className={styles.days}>
          {overdue > 0 && (
            <p>
              <Link href="/today">{overdue === 1 ? "1 task is" : `${overdue} tasks are`} overdue</Link>
            </p>
          )}
          {days.map(({ day, tasks }) => (
            <Group key={day} title={dayText(day)} name={day} tasks={tasks} extra={PlaceTag} quiet="Nothing" />
          ))}
          {later > 0 && (
            <p>
              <Link href={`/matrix?${new URLSearchParams({ q: `due:>${DAYS - 1}d` })}`}>
                {later === 1 ? "1 task is" : `${later} tasks are`} due later
              </Link>
            </p>
          )}
        </div>
        <PlanThese />
      </div>
    </div>
  );
}
