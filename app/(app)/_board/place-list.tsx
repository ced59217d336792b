"use client";

import Link from "next/link";
import { memo, useId } from "react";
import { Icon } from "@/app/_ui/icon";
import { type Place, quadrantOf } from "@/lib/board/quadrants";
import { useApp, useBoardState, usePreferences, useStore } from "../_shell/app-context";
import { useNames } from "../_shell/use-names";
import { AddRow } from "./add-row";
import styles from "./board.module.css";
import { Rows } from "./rows";

const EMPTY: Record<Place, string> = {
  do: "Nothing on fire.",
  schedule: "Important work lives here. Add something for next week.",
  delegate: "Nothing waiting on anyone.",
  drop: "Nothing to drop.",
  unsorted: "Everything is sorted.",
};

/** More than this at once is no longer first things first. */
const SOFT_CAP = 8;

/** Not again for what happens in another place. */
export const PlaceList = memo(function PlaceList({ place, ids }: { place: Place; ids: readonly string[] }) {
  const { ui } = useApp();
  const heading = useId();
  const all = useBoardState((state) => state.places[place]);
  const isAdding = useStore(ui, (state) => state.adding === place);
  return (
    <section aria-labelledby={heading} className={styles.place} data-place={place}>
      <PlaceHeader place={place} heading={heading} shown={ids.length} all={all.length} />
      {isAdding && <AddRow place={place} />}
      {ids.length > 0 ? (
        <Rows name={place} labelledBy={heading} className={styles.rows} ids={ids} />
      ) : (
        <p className={styles.empty} data-rows={place}>
          {all.length > 0 ? "Nothing here matches the filter." : EMPTY[place]}
        </p>
      )}
    </section>
  );
});

type HeaderProps = { place: Place; heading: string; shown: number; all: number };

function PlaceHeader({ place, heading, shown, all }: HeaderProps) {
  const { ui } = useApp();
  const name = useNames()(place);
  const { shortcuts } = usePreferences();
  const quadrant = quadrantOf(place);
  const count = shown === all ? `${all}` : `${shown} / ${all}`;
  // With single keys on, a quadrant is one stop of the Tab key; Z and A do what these two do.
  const tabIndex = shortcuts && all > 0 ? -1 : undefined;
  return (
    <header className={styles.header}>
      <h2 id={heading}>
        {quadrant && (
          <span aria-hidden="true" className={styles.glyph}>
            {quadrant.glyph} {quadrant.number}
          </span>
        )}
        <Link href={quadrant ? `/matrix/${quadrant.number}` : "/inbox"} tabIndex={tabIndex}>
          {name}
        </Link>
      </h2>
      {quadrant && <span className="visually-hidden">{quadrant.meaning}</span>}
      <span className={styles.count}>
        <span className="visually-hidden">Tasks: </span>
        {count}
      </span>
      {place === "do" && all >= SOFT_CAP && <span className={styles.cap}>{all} — what can wait?</span>}
      <button
        type="button"
        className={styles.add}
        tabIndex={tabIndex}
        aria-label={`Add to ${name}`}
        title={`Add to ${name} (A)`}
        onClick={() => ui.set({ adding: place })}
      >
        <Icon name="plus" />
      </button>
    </header>
  );
}
