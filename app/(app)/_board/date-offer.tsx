"use client";

import { useEffect, useRef } from "react";
import type { Task } from "@/lib/client/client";
import { addDays, todayIn } from "@/lib/quick-add/zone";
import { useApp } from "../_shell/app-context";
import { useClock } from "../_shell/use-clock";
import styles from "./board.module.css";
import { allDay, nextWeek, useSetDue } from "./due-picker";

/** What was just scheduled has no day yet: an offer that whatever is done next takes away. */
export function DateOffer({ task: { id, title } }: { task: Task }) {
  const { ui } = useApp();
  const clock = useClock();
  const setDue = useSetDue();
  const box = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const leave = ({ target }: Event) => {
      if (target instanceof Node && box.current?.contains(target)) return;
      ui.set({ offer: null });
    };
    const stop = new AbortController();
    for (const kind of ["pointerdown", "keydown"])
      document.addEventListener(kind, leave, { signal: stop.signal });
    return () => stop.abort();
  }, [ui]);
  const today = todayIn(clock.timeZone, clock.now);
  const choices = [
    { label: "Today", date: today },
    { label: "Tomorrow", date: addDays(today, 1) },
    { label: "Next week", date: nextWeek(clock) },
  ];
  return (
    <fieldset ref={box} className={styles.offer}>
      <legend className="visually-hidden">When is {title} due?</legend>
      {choices.map(({ label, date }) => (
        <button
          key={label}
          type="button"
          onClick={() => {
            setDue([id], allDay(date));
            ui.set({ offer: null, focus: id });
          }}
        >
          {label}
        </button>
      ))}
      <button type="button" onClick={() => ui.set({ offer: null, menu: { id, kind: "due" } })}>
        Pick…
      </button>
    </fieldset>
  );
}
