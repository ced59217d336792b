"use client";

import { useMemo } from "react";
import { todayGroups } from "@/lib/board/agenda";
import { PlaceTag } from "../_board/place-tag";
import { Empty } from "../_lists/empty";
import { Group } from "../_lists/group";
import styles from "../_lists/lists.module.css";
import { PageHead } from "../_lists/page-head";
import { SortLink } from "../_lists/sort-link";
import { useBoardState } from "../_shell/app-context";
import { useClock } from "../_shell/use-clock";
import { useNames } from "../_shell/use-names";

export function TodayView() {
  const tasks = useBoardState((state) => state.tasks);
  const { now, timeZone } = useClock();
  const first = useNames()("do");
  const groups = useMemo(() => todayGroups(tasks.values(), { now, timeZone }), [tasks, now, timeZone]);
  const { overdue, due } = groups;
  const isEmpty = overdue.length + due.length + groups.first.length === 0;
  return (
    <div className={styles.page}>
      <PageHead title="Today">
        <SortLink />
      </PageHead>
      {isEmpty ? (
        <Empty text={`Nothing is due today, and nothing waits in ${first}.`} />
      ) : (
        <>
          {overdue.length > 0 && <Group title="Overdue" name="overdue" tasks={overdue} extra={PlaceTag} />}
          <Group title="Due today" name="due" tasks={due} extra={PlaceTag} quiet="Nothing is due today." />
          <Group
            title={first}
            name="first"
            tasks={groups.first}
            extra={PlaceTag}
            quiet="Nothing else is urgent and important."
          />
        </>
      )}
    </div>
  );
}
