"use client";

import type { Preferences } from "@/lib/client/client";
import { useApp, usePreferences } from "../../../_shell/app-context";
import { savePreferences } from "../../../_shell/save-preferences";
import styles from "../../_components/settings.module.css";
import { Choices } from "./choices";

const THEMES = [
  ["system", "Like the system"],
  ["light", "Light"],
  ["dark", "Dark"],
] as const;

const DENSITIES = [
  ["comfortable", "Comfortable"],
  ["compact", "Compact"],
] as const;

const WEEK_STARTS = [
  ["monday", "Monday"],
  ["saturday", "Saturday"],
  ["sunday", "Sunday"],
] as const;

const SAMPLE = new Date("2026-10-14T12:00:00Z");

const formatsIn = (locale: string) =>
  [
    ["locale", new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(SAMPLE)],
    ["iso", SAMPLE.toISOString().slice(0, 10)],
  ] as const;

export function Look() {
  const { board, client, initial } = useApp();
  const { theme, density, week_start, date_format, tips } = usePreferences();
  const save = (change: Partial<Omit<Preferences, "quadrant_names">>) =>
    void savePreferences(board, client, change);
  return (
    <section aria-label="Look" className={styles.section}>
      <Choices
        legend="Theme"
        name="theme"
        options={THEMES}
        value={theme}
        onChoose={(value) => save({ theme: value })}
      />
      <Choices
        legend="Density"
        name="density"
        options={DENSITIES}
        value={density}
        onChoose={(value) => save({ density: value })}
      />
      <Choices
        legend="The week begins on"
        name="week_start"
        options={WEEK_STARTS}
        value={week_start}
        onChoose={(value) => save({ week_start: value })}
      />
      <Choices
        legend="Dates"
        name="date_format"
        options={formatsIn(initial.locale)}
        value={date_format}
        onChoose={(value) => save({ date_format: value })}
      />
      <label className={styles.switch}>
        <input type="checkbox" checked={tips} onChange={({ target }) => save({ tips: target.checked })} />
        Show hints for beginners
      </label>
    </section>
  );
}
