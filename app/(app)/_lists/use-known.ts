"use client";

import { useEffect, useMemo, useState } from "react";
import type { Task } from "@/lib/client/client";
import { useBoard, useBoardState } from "../_shell/app-context";

/** The board's tasks, and with them those that came with the page, which the board learns as soon as it runs. */
export function useKnown(first: readonly Task[]): ReadonlyMap<string, Task> {
  const board = useBoard();
  const tasks = useBoardState((state) => state.tasks);
  const [learned, setLearned] = useState<readonly Task[]>();
  useEffect(() => {
    board.learn(first);
    setLearned(first);
  }, [board, first]);
  return useMemo(() => {
    if (learned === first) return tasks;
    return new Map([...first.map((task): [string, Task] => [task.id, task]), ...tasks]);
  }, [learned, first, tasks]);
}
