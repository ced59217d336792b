"use client";

import { QUADRANTS, type QuadrantKey } from "@/lib/board/quadrants";
import { useBoardState } from "../_shell/app-context";
import { useNames } from "../_shell/use-names";
import styles from "./sort.module.css";

type Props = { to: QuadrantKey; decide(place: QuadrantKey): void };

/** Shows where the answers lead, and takes the shorter way too. */
export function MiniMatrix({ to, decide }: Props) {
  const names = useNames();
  const places = useBoardState((state) => state.places);
  return (
    <div className={styles.preview}>
      <p role="status">Goes to: {names(to)}</p>
      <div role="group" aria-label="Put it straight into" className={styles.matrix}>
        {QUADRANTS.map(({ key, number, glyph, meaning }) => (
          <button
            key={key}
            type="button"
            title={meaning}
            className={styles.cell}
            data-place={key}
            data-lit={key === to ? "" : undefined}
            onClick={() => decide(key)}
          >
            <span className={styles.number}>
              <span aria-hidden="true">{glyph}</span> {number}
            </span>
            <span className={styles.placeName}>{names(key)}</span>
            <span className={styles.count}>
              <span className="visually-hidden">Tasks: </span>
              {places[key].length}
            </span>
          </button>
        ))}
      </div>
    </div>
  );
}
