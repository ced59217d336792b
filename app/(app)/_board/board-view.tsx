"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useRef } from "react";
import type { Board } from "@/lib/board/board";
import { matcher } from "@/lib/board/filter";
import type { Places } from "@/lib/board/order";
import { PLACES, type Place } from "@/lib/board/quadrants";
import { completing, moving, type Names } from "@/lib/board/verbs";
import { useApp, useBoardState, useStore } from "../_shell/app-context";
import type { Ui } from "../_shell/ui";
import { useClock } from "../_shell/use-clock";
import { useNames } from "../_shell/use-names";
import styles from "./board.module.css";
import { type Drop, watchDrags } from "./drag";
import { FilterBar } from "./filter-bar";
import { PhoneTabs } from "./phone-tabs";
import { PlaceList } from "./place-list";
import { Samples } from "./samples";
import { watchSwipes } from "./swipe";

/** The whole matrix, or one place of it in full width. */
export function BoardView({ only }: { only?: Place }) {
  const { ui } = useApp();
  const shown = useShown();
  const tab = useStore(ui, (state) => state.tab);
  const board = useHands();
  const places = only ? [only] : PLACES;
  useEffect(() => {
    ui.set({ shown: new Set(PLACES.flatMap((place) => shown[place])) });
    return () => ui.set({ shown: null });
  }, [ui, shown]);
  return (
    <>
      <FilterBar shown={places.reduce((sum, place) => sum + shown[place].length, 0)} />
      <Samples />
      {!only && <PhoneTabs />}
      <div ref={board} className={only ? styles.single : styles.board} data-tab={only ?? tab}>
        {!only && <Axes />}
        {places.map((place) => (
          <PlaceList key={place} place={place} ids={shown[place]} />
        ))}
      </div>
    </>
  );
}

/** What the filter lets through, by place. */
export function useShown(): Places {
  const query = useSearchParams().get("q") ?? "";
  const tasks = useBoardState((state) => state.tasks);
  const places = useBoardState((state) => state.places);
  const { now, timeZone } = useClock();
  const minute = now.toISOString().slice(0, 16);
  return useMemo(() => {
    if (query.trim() === "") return places;
    const matches = matcher(query, { now: new Date(`${minute}:00Z`), timeZone });
    const lists = PLACES.map((place) => {
      return [place, places[place].filter((id) => matches(tasks.get(id)))];
    });
    return Object.fromEntries(lists) as Places;
  }, [query, tasks, places, minute, timeZone]);
}

/** By mouse and by finger: both do what keys and buttons do too. */
function useHands() {
  const { board, ui } = useApp();
  const names = useNames();
  const container = useRef<HTMLDivElement>(null);
  const latest = useRef(names);
  latest.current = names;
  useEffect(() => {
    if (!container.current) return undefined;
    const stopSwipes = watchSwipes(container.current, {
      right: (id) => board.act(completing(board.view(), [id], true)),
      left: (id) => ui.set({ menu: { id, kind: "move" } }),
    });
    const stopDrags = watchDrags(container.current, {
      idsOf: (id) => (ui.get().selected.has(id) ? [...ui.get().selected] : [id]),
      nameOf: (place) => latest.current(place),
      drop: (drop) => land(board, ui, latest.current, drop),
    });
    return () => {
      stopSwipes();
      stopDrags();
    };
  }, [board, ui]);
  return container;
}

function land(board: Board, ui: Ui, names: Names, { ids, place, before }: Drop): void {
  const list = board.view().places[place].filter((id) => !ids.includes(id));
  const index = before === null ? list.length : list.indexOf(before);
  const [first = null] = ids;
  const isDateless = ids.length === 1 && first !== null && !board.view().tasks.get(first)?.due_datetime;
  const offer = place === "schedule" && isDateless ? first : null;
  if (board.act(moving(board.view(), ids, place, names, index))) ui.set({ focus: first, offer });
}

function Axes() {
  return (
    <>
      <p aria-hidden="true" className={styles.urgent}>
        Urgent
      </p>
      <p aria-hidden="true" className={styles.notUrgent}>
        Not urgent
      </p>
      <p aria-hidden="true" className={styles.important}>
        Important
      </p>
      <p aria-hidden="true" className={styles.notImportant}>
        Not important
      </p>
    </>
  );
}
