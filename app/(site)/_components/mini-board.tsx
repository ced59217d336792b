"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import styles from "./mini-board.module.css";
import { MiniCard } from "./mini-card";
import { type Axis, nameOf, QUADRANTS, SAMPLES, type Sample } from "./samples";

/** The idea to try out: it knows nothing but itself, and forgets everything. */
export function MiniBoard() {
  const [tasks, setTasks] = useState<readonly Sample[]>(SAMPLES);
  const [said, setSaid] = useState("");
  const { board, keepFocusOn } = useFocusAcrossMoves();

  const change = (task: Sample, part: Partial<Sample>) =>
    setTasks((all) => all.map((other) => (other.id === task.id ? { ...task, ...part } : other)));
  const flip = (task: Sample, axis: Axis) => {
    const moved = { ...task, [axis]: !task[axis] };
    change(task, moved);
    setSaid(`“${task.title}” moved to ${nameOf(moved)}.`);
    keepFocusOn(`${task.id}-${axis}`);
  };
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const title = String(form.get("title")).trim();
    if (!title) return;
    const axes = { important: form.has("important"), urgent: form.has("urgent") };
    setTasks((all) => [{ id: `own-${all.length}`, title, ...axes, isDone: false }, ...all]);
    setSaid(`“${title}” added to ${nameOf(axes)}.`);
    event.currentTarget.reset();
  };

  return (
    <section aria-label="Try it out" className={styles.board} ref={board}>
      <form onSubmit={add} className={styles.add} autoComplete="off">
        <input name="title" aria-label="A task" placeholder="Try it: write a task" maxLength={80} />
        <label>
          <input type="checkbox" name="important" /> Important
        </label>
        <label>
          <input type="checkbox" name="urgent" /> Urgent
        </label>
        <Button type="submit" icon="plus">
          Add
        </Button>
      </form>
      <div className={styles.quadrants}>
        {QUADRANTS.map(({ name, glyph, when, important, urgent, style }) => (
          <article
            key={name}
            className={`${styles.quadrant} ${styles[style]}`}
            aria-labelledby={`try-${style}`}
          >
            <h2 id={`try-${style}`}>
              <span aria-hidden="true">{glyph}</span> {name}
            </h2>
            <p className={styles.when}>{when}</p>
            <ul>
              {tasks
                .filter((task) => task.important === important && task.urgent === urgent)
                .map((task) => (
                  <MiniCard
                    key={task.id}
                    task={task}
                    onFlip={(axis) => flip(task, axis)}
                    onDone={() => change(task, { isDone: !task.isDone })}
                  />
                ))}
            </ul>
          </article>
        ))}
      </div>
      <p role="status" className="visually-hidden">
        {said}
      </p>
    </section>
  );
}

/** A card that moves is a new element in another list. */
function useFocusAcrossMoves() {
  const board = useRef<HTMLElement>(null);
  const [wanted, setWanted] = useState<{ id: string }>();
  useEffect(() => {
    if (wanted) board.current?.querySelector<HTMLElement>(`#${wanted.id}`)?.focus();
  }, [wanted]);
  return { board, keepFocusOn: (id: string) => setWanted({ id }) };
}
