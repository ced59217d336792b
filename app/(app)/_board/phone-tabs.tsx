"use client";

import { type Place, QUADRANTS } from "@/lib/board/quadrants";
import { useApp, useBoardState, useStore } from "../_shell/app-context";
import { useNames } from "../_shell/use-names";
import styles from "./tabs.module.css";

const TABS: readonly { place: Place; number: number; glyph: string }[] = [
  ...QUADRANTS.map(({ key, number, glyph }) => ({ place: key, number, glyph })),
  { place: "unsorted", number: 0, glyph: "○" },
];

/** On a phone four quadrants side by side cannot be read: one at a time, and an overview as the map. */
export function PhoneTabs() {
  const { ui } = useApp();
  const names = useNames();
  const places = useBoardState((state) => state.places);
  const tab = useStore(ui, (state) => state.tab);
  const isOverview = tab === "overview";
  return (
    <nav aria-label="Quadrants" className={styles.tabs}>
      {TABS.map(({ place, number, glyph }) => (
        <button
          key={place}
          type="button"
          data-place={place}
          aria-current={tab === place}
          aria-label={`${names(place)}, ${places[place].length}`}
          onClick={() => ui.set({ tab: place })}
        >
          <span aria-hidden="true">
            {glyph} {number || ""}
          </span>
          {tab === place && <span>{names(place)}</span>}
          <b>{places[place].length}</b>
        </button>
      ))}
      <button
        type="button"
        aria-pressed={isOverview}
        aria-label="Overview"
        onClick={() => ui.set({ tab: isOverview ? "do" : "overview" })}
      >
        <span aria-hidden="true">⊞</span>
      </button>
    </nav>
  );
}
