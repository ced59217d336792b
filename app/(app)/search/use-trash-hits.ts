"use client";

import { useEffect, useMemo, useState } from "react";
import { isHit } from "@/lib/board/search";
import type { Task } from "@/lib/client/client";
import { readWholeTrash } from "../_lists/purge";
import { useApi } from "../_shell/app-context";
import type { First } from "./page";

const NONE: readonly Task[] = [];

/** The trash has no search of its own; it is small, and read only when somebody wants to look there. */
export function useTrashHits(query: string, words: readonly string[], isOn: boolean, first: First) {
  const api = useApi();
  const [all, setAll] = useState<readonly Task[] | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const isWanted = isOn && query !== "" && all === null && !hasFailed;
  useEffect(() => {
    if (!isWanted) return undefined;
    const stop = new AbortController();
    readWholeTrash(api, stop.signal).then(setAll, () => !stop.signal.aborted && setHasFailed(true));
    return () => stop.abort();
  }, [api, isWanted]);
  const tasks = useMemo(
    () => (isOn ? (all ?? first.trash).filter((task) => isHit(task, words)) : NONE),
    [isOn, all, first, words],
  );
  return {
    tasks,
    isReady: !isOn || all !== null,
    hasFailed: isOn && hasFailed,
    retry: () => setHasFailed(false),
    gone: (id: string) => setAll((before) => before?.filter((task) => task.id !== id) ?? null),
  };
}
