"use client";

import { useClock } from "../../_shell/use-clock";

/** When something was, on the clock of the account. */
export function Moment({ at }: { at: string }) {
  const { locale, timeZone, dateFormat } = useClock();
  const text = new Intl.DateTimeFormat(dateFormat === "iso" ? "sv-SE" : locale, {
    dateStyle: dateFormat === "iso" ? "short" : "medium",
    timeStyle: "short",
    // What stands before AM and PM differs between engines, and so between the server and the browser.
    hourCycle: "h23",
    timeZone,
  }).format(new Date(at));
  return <time dateTime={at}>{text}</time>;
}
