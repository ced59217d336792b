"use client";

import { describeDue } from "@/lib/quick-add/describe-due";
import { useClock } from "../_shell/use-clock";

/** A day as people name it: Today, Tomorrow, Fri 16 Oct. */
export function useDayText(): (day: string) => string {
  const clock = useClock();
  return (day) => describeDue({ dueDatetime: `${day}T00:00:00.000Z`, dueAllDay: true }, clock).text;
}
