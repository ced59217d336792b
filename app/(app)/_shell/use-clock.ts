"use client";

import { useApp, usePreferences, useStore } from "./app-context";

export type Clock = {
  now: Date;
  /** The account's, which decides what today is. */
  timeZone: string;
  locale: string;
  dateFormat: "locale" | "iso";
  weekStart: "monday" | "saturday" | "sunday";
};

/** The server's moment first, so that the page is taken over as it was made; then the browser's own, by the half minute. */
export function useClock(): Clock {
  const { clock, initial } = useApp();
  const { time_zone, date_format, week_start } = usePreferences();
  const now = useStore(clock, (state) => state.now);
  return {
    now,
    timeZone: time_zone ?? "UTC",
    locale: initial.locale,
    dateFormat: date_format,
    weekStart: week_start,
  };
}
