"use client";

import { useMemo, useState } from "react";
import { completedDays } from "@/lib/board/agenda";
import { placeOf, type QuadrantKey } from "@/lib/board/quadrants";
import type { Task, TaskPage } from "@/lib/client/client";
import { clockText } from "@/lib/quick-add/describe-due";
import { timeIn } from "@/lib/quick-add/zone";
import { PlaceTag } from "../_board/place-tag";
import { Group } from "../_lists/group";
import styles from "../_lists/lists.module.css";
import { More } from "../_lists/more";
import { PageHead } from "../_lists/page-head";
import { useDayText } from "../_lists/use-day-text";
import { useKnown } from "../_lists/use-known";
import { useApi, useBoard } from "../_shell/app-context";
import { useClock } from "../_shell/use-clock";
import { doneQuery } from "./done-query";
import { NothingDone } from "./nothing-done";
import { QuadrantFilter } from "./quadrant-filter";

type Props = { place: QuadrantKey | undefined; first: TaskPage };

/** Up to where the list is known, and how it goes on. */
const endOf = ({ tasks, next_cursor: next }: TaskPage) => ({
  next,
  since: next === null ? null : (tasks.at(-1)?.updated_at ?? null),
});

export function DoneView({ place, first }: Props) {
  const board = useBoard();
  const api = useApi();
  const dayText = useDayText();
  const { timeZone, now } = useClock();
  const known = useKnown(first.tasks);
  const [{ next, since }, setEnd] = useState(() => endOf(first));
  const days = useMemo(() => {
    const chosen = [...known.values()].filter((task) => !place || placeOf(task) === place);
    return completedDays(chosen, since, { timeZone, now });
  }, [known, place, since, timeZone, now]);
  const load = async () => {
    const { data } = await api.tasks.list({ ...doneQuery(place), cursor: next ?? "" });
    board.learn(data.tasks);
    setEnd(endOf(data));
  };
  return (
    <div className={styles.page}>
      <PageHead title="Done" />
      <QuadrantFilter current={place} />
      {days.map(({ day, tasks }) => (
        <Group key={day} title={dayText(day)} name={day} tasks={tasks} extra={DoneAt} />
      ))}
      {days.length === 0 && next === null && <NothingDone place={place} />}
      {next !== null && <More load={load} />}
    </div>
  );
}

function DoneAt({ task }: { task: Task }) {
  const clock = useClock();
  const { completed_at: at } = task;
  return (
    <>
      <PlaceTag task={task} />
      {at && <span>Done {clockText(timeIn(clock.timeZone, new Date(at)), clock)}</span>}
    </>
  );
}
