"use client";

import { PLACES, type Place, quadrantOf } from "@/lib/board/quadrants";
import { addDays, todayIn } from "@/lib/quick-add/zone";
import { nextWeek } from "../_board/due-picker";
import { useClock } from "../_shell/use-clock";
import { useNames } from "../_shell/use-names";
import styles from "./quick-add.module.css";
import type { QuickLineState } from "./use-quick-line";

/** The other door to all that can be typed. */
export function QuickAddPickers({ state, focus }: { state: QuickLineState; focus(): void }) {
  return (
    <div className={styles.pickers}>
      <fieldset className={styles.picker}>
        <legend className="visually-hidden">Where to</legend>
        {PLACES.map((place) => (
          <PlaceButton
            key={place}
            place={place}
            isPressed={state.reading.place === place}
            pick={() => {
              state.pickPlace(place);
              focus();
            }}
          />
        ))}
      </fieldset>
      <Days state={state} focus={focus} />
    </div>
  );
}

type PlaceProps = { place: Place; isPressed: boolean; pick(): void };

function PlaceButton({ place, isPressed, pick }: PlaceProps) {
  const names = useNames();
  const quadrant = quadrantOf(place);
  return (
    <button type="button" aria-pressed={isPressed} data-place={place} className={styles.pick} onClick={pick}>
      <span aria-hidden="true" className={styles.glyph}>
        {quadrant?.glyph ?? "○"}
      </span>
      {quadrant?.number ?? 0} {names(place)}
    </button>
  );
}

function Days({ state, focus }: { state: QuickLineState; focus(): void }) {
  const clock = useClock();
  const today = todayIn(clock.timeZone, clock.now);
  const choices = [
    { label: "Today", date: today },
    { label: "Tomorrow", date: addDays(today, 1) },
    { label: "Next week", date: nextWeek(clock) },
  ];
  return (
    <fieldset className={styles.picker}>
      <legend className="visually-hidden">Due</legend>
      {choices.map(({ label, date }) => (
        <button
          key={label}
          type="button"
          aria-pressed={state.reading.day === date}
          className={styles.pick}
          onClick={() => {
            state.pickDay(date);
            focus();
          }}
        >
          {label}
        </button>
      ))}
      <input
        type="date"
        aria-label="Due date"
        className={styles.pick}
        value={state.reading.day ?? ""}
        onChange={({ target }) => state.pickDay(target.value)}
      />
    </fieldset>
  );
}
