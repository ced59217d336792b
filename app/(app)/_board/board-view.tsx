"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useRef } from "react";
import { matcher } from "@/lib/board/filter";
import type { Places } from "@/lib/board/order";
import { PLACES, type Place } from "@/lib/board/quadrants";
import { moving } from "@/lib/board/verbs";
import { useApp, useBoardState, useStore } from "../_shell/app-context";
import { useClock } from "../_shell/use-clock";
import { useNames } from "../_shell/use-names";
import styles from "./board.module.css";
import { watchDrags } from "./drag";
import { FilterBar } from "./filter-bar";
import { PhoneTabs } from "./phone-tabs";
import { PlaceList } from "./place-list";
import { Samples } from "./samples";

/** The whole matrix, or one place of it in full width. */
export function BoardView({ only }: { only?: Place }) {
  const { ui } = useApp();
  const shown = useShown();
  const tab = useStore(ui, (state) => state.tab);
  const board = useDrags();
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

function useDrags() {
  const { board, ui } = useApp();
  const names = useNames();
  const container = useRef<HTMLDivElement>(null);
  const latest = useRef(names);
  latest.current = names;
  useEffect(() => {
    if (!container.current) return undefined;
    return watchDrags(container.current, {
      idsOf: (id) => (ui.get().selected.has(id) ? [...ui.get().selected] : [id]),
      nameOf: (place) => latest.current(place),
      drop({ ids, place, before }) {
        const list = board.view().places[place].filter((id) => !ids.includes(id));
        const index = before === null ? list.length : list.indexOf(before);
        const isDateless = ids.length === 1 && !board.view().tasks.get(ids[0] ?? "")?.due_datetime;
        const offer = place === "schedule" && isDateless ? (ids[0] ?? null) : null;
        if (board.act(moving(board.view(), ids, place, latest.current, index)))
          ui.set({ focus: ids[0] ?? null, offer });
      },
    });
  }, [board, ui]);
  return container;
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
