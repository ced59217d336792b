"use client";

import { useState } from "react";
import type { QuadrantKey } from "@/lib/board/quadrants";
import { NOT_BEGUN, progressOf, resumed, returned, stepped } from "@/lib/board/sorting";
import { moving, trashing } from "@/lib/board/verbs";
import { useApp, useBoardState } from "../_shell/app-context";
import { useNames } from "../_shell/use-names";

/** One unsorted task after the other, and what can be done with the one that is looked at. */
export function useSorting() {
  const { board, ui } = useApp();
  const names = useNames();
  const unsorted = useBoardState((state) => state.places.unsorted);
  const [sorting, setSorting] = useState(NOT_BEGUN);
  const progress = progressOf(sorting, unsorted);
  const { current } = progress;
  const task = useBoardState((state) => (current ? state.tasks.get(current) : undefined));
  if (sorting.current !== current) setSorting({ ...sorting, current });

  const whenThere = (run: (id: string) => void) => () => current && run(current);
  return {
    task,
    progress,
    decide: (place: QuadrantKey) =>
      whenThere((id) => {
        board.act(moving(board.view(), [id], place, names), { quiet: true });
        setSorting(stepped(sorting, id));
      })(),
    trash: whenThere((id) => {
      board.act(trashing(board.view(), [id]), { quiet: true });
      setSorting(stepped(sorting, id));
    }),
    skip: whenThere((id) => {
      setSorting(stepped(sorting, id, { isSkip: true }));
      board.notices.say("Skipped");
    }),
    date: whenThere((id) => ui.set({ menu: { id, kind: "due" } })),
    stepBack: () => {
      const last = sorting.steps.at(-1);
      const id = last?.isSkip ? last.id : board.undo();
      if (id) setSorting(returned(sorting, id));
    },
    canStepBack: sorting.steps.length > 0,
    again: () => setSorting(resumed(sorting)),
  };
}

export type SortingActions = ReturnType<typeof useSorting>;
