"use client";

import { Icon } from "@/app/_ui/icon";
import styles from "./quick-add.module.css";
import type { QuickLineState } from "./use-quick-line";

/** What was understood, and what may have been meant. */
export function QuickAddChips({ state, focus }: { state: QuickLineState; focus(): void }) {
  const { chips, suggestions } = state.reading;
  const offered = suggestions.filter(
    ({ text }, index) => suggestions.findIndex((other) => other.text === text) === index,
  );
  return (
    <>
      {chips.length + offered.length > 0 && (
        <ul aria-label="Understood" className={styles.chips}>
          {chips.map((chip) => (
            <li key={`${chip.kind} ${chip.said}`} className={chip.isPast ? styles.past : styles.chip}>
              <span>
                {chip.isPast && <span aria-hidden="true">⚠ </span>}
                {chip.text}
                {chip.isPast && " is over"}
              </span>
              <button
                type="button"
                aria-label={`Take back ${chip.text}`}
                onClick={() => {
                  state.takeBack(chip);
                  focus();
                }}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
          {offered.map(({ text, label }) => (
            <li key={`maybe ${text}`} className={styles.offer}>
              <button
                type="button"
                title={`Take “${text}” as its date (Tab)`}
                onClick={() => {
                  state.accept(text);
                  focus();
                }}
              >
                {label}?
              </button>
            </li>
          ))}
        </ul>
      )}
      <p role="status" className="visually-hidden">
        {[
          ...chips.map(({ text, isPast }) => (isPast ? `${text} is over` : text)),
          ...offered.map(({ label }) => `${label}? Tab takes it`),
        ].join(". ")}
      </p>
    </>
  );
}
