"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { QUADRANTS } from "@/lib/board/quadrants";
import { completing, moving, trashing } from "@/lib/board/verbs";
import { todayIn } from "@/lib/quick-add/zone";
import { useApp, useBoardState, useStore } from "../_shell/app-context";
import { useClock } from "../_shell/use-clock";
import { useNames } from "../_shell/use-names";
import { allDay, nextWeek, useSetDue } from "./due-picker";
import styles from "./selection.module.css";

/** What is selected stays so under a filter; how much of it cannot be seen is said. */
export function SelectionBar() {
  const { board, ui } = useApp();
  const names = useNames();
  const selected = useStore(ui, (state) => state.selected);
  const tasks = useBoardState((state) => state.tasks);
  const ids = [...selected].filter((id) => tasks.has(id));
  if (ids.length === 0) return null;
  const clear = () => ui.set({ selected: new Set() });
  const leave = (act: () => boolean) => act() && clear();
  return (
    <section aria-label="Selection" className={styles.bar}>
      <Count ids={ids} />
      <Button onClick={() => leave(() => board.act(completing(board.view(), ids, true)))}>Complete</Button>
      <fieldset>
        <legend>Move to</legend>
        {QUADRANTS.map(({ key, number, glyph }) => (
          <Button
            key={key}
            data-place={key}
            aria-label={`Move to ${names(key)}`}
            title={names(key)}
            onClick={() => board.act(moving(board.view(), ids, key, names))}
          >
            {glyph} {number}
          </Button>
        ))}
      </fieldset>
      <DueChoices ids={ids} />
      <Button onClick={() => leave(() => board.act(trashing(board.view(), ids)))}>Delete</Button>
      <Button onClick={clear}>Clear the selection</Button>
    </section>
  );
}

function Count({ ids }: { ids: readonly string[] }) {
  const shown = useStore(useApp().ui, (state) => state.shown);
  const hidden = shown ? ids.filter((id) => !shown.has(id)).length : 0;
  return (
    <p role="status">
      {ids.length} selected{hidden > 0 && `, ${hidden} hidden`}
    </p>
  );
}

function DueChoices({ ids }: { ids: readonly string[] }) {
  const clock = useClock();
  const setDue = useSetDue();
  const [date, setDate] = useState("");
  const today = todayIn(clock.timeZone, clock.now);
  return (
    <fieldset>
      <legend>Due</legend>
      <Button onClick={() => setDue(ids, allDay(today))}>Today</Button>
      <Button onClick={() => setDue(ids, allDay(nextWeek(clock)))}>Next week</Button>
      <input
        type="date"
        aria-label="Due on"
        value={date}
        onChange={({ target }) => {
          setDate(target.value);
          if (target.value) setDue(ids, allDay(target.value));
        }}
      />
      <Button onClick={() => setDue(ids, null)}>Clear date</Button>
    </fieldset>
  );
}
