"use client";

import { useEffect, useRef } from "react";
import { QUADRANTS } from "@/lib/board/quadrants";
import { isForTyping, isPlain, namesOf } from "../_commands/keys";
import { usePreferences } from "../_shell/app-context";
import type { SortingActions } from "./use-sorting";

type Keys = Readonly<Record<string, () => void>>;

type Actions = SortingActions & { toggle(axis: "important" | "urgent"): void; settle(): void };

export function useSortKeys(actions: Actions): void {
  const { toggle, settle, decide, skip, date, trash, stepBack, canStepBack } = actions;
  useKeys({
    u: () => toggle("urgent"),
    i: () => toggle("important"),
    enter: settle,
    s: skip,
    d: date,
    "#": trash,
    ...Object.fromEntries(QUADRANTS.map(({ key, number }) => [String(number), () => decide(key)])),
    ...(canStepBack && { "mod+z": stepBack }),
  });
}

export function useStepBackKey(stepBack: () => void, canStepBack: boolean): void {
  useKeys(canStepBack ? { "mod+z": stepBack } : {});
}

/** How long the second key of two may take. */
const SEQUENCE_MS = 1_200;

/** Before the keys of the whole page, which mean the same letters otherwise; after a G they are left to those. */
function useKeys(keys: Keys): void {
  const { shortcuts } = usePreferences();
  const latest = useRef({ keys, shortcuts });
  latest.current = { keys, shortcuts };
  useEffect(() => {
    let beganMs = Number.NEGATIVE_INFINITY;
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || isForTyping(event) || isElsewhere(event)) return;
      if (document.querySelector("dialog[open], [popover]:popover-open")) return;
      const { keys, shortcuts } = latest.current;
      if (isPlain(event) && !shortcuts) return;
      const isSecond = event.timeStamp - beganMs < SEQUENCE_MS;
      const names = namesOf(event);
      beganMs = !isSecond && names.includes("g") ? event.timeStamp : Number.NEGATIVE_INFINITY;
      // The sign before the digit that lies on the same key.
      const run = names
        .toReversed()
        .map((name) => keys[name])
        .find(Boolean);
      if (!run || isSecond) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      run();
    };
    document.addEventListener("keydown", press, { capture: true });
    return () => document.removeEventListener("keydown", press, { capture: true });
  }, []);
}

/** Enter belongs to the button or the link that has the focus. */
const isElsewhere = ({ key, target }: KeyboardEvent) =>
  key === "Enter" && target instanceof Element && target.closest("button, a, summary") !== null;
