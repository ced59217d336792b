"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { PLACES, placeOf, quadrantOf } from "@/lib/board/quadrants";
import { changing, completing, moving, trashing } from "@/lib/board/verbs";
import { ApiError, type Task } from "@/lib/client/client";
import { useApi, useApp, useBoard, useBoardState } from "../_shell/app-context";
import { useNames } from "../_shell/use-names";
import { DuePicker } from "./due-picker";
import { Lost } from "./lost";
import { NotesField } from "./notes-field";
import styles from "./task-detail.module.css";

export function TaskDetail({ id }: { id: string }) {
  const task = useBoardState((state) => state.tasks.get(id));
  const [last, setLast] = useState(task);
  const missing = useFetched(id, task === undefined);
  if (task && task !== last) setLast(task);
  if (task && !task.deleted_at) return <Details task={task} />;
  if (last) return <Lost task={last} />;
  return missing ? <p role="status">{missing}</p> : <p className={styles.loading}>Loading…</p>;
}

/** What the board does not know is asked for: something completed long ago, say. */
function useFetched(id: string, isUnknown: boolean): string | null {
  const board = useBoard();
  const api = useApi();
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!isUnknown) return undefined;
    const stop = new AbortController();
    api.tasks.get(id, { signal: stop.signal }).then(
      ({ data }) => board.learn([data]),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        const isGone = error instanceof ApiError && error.status === 404;
        setProblem(
          isGone
            ? "There is no such task. It may be in the trash, or deleted for good."
            : "The task could not be loaded. Check the connection and open it again.",
        );
      },
    );
    return () => stop.abort();
  }, [api, board, id, isUnknown]);
  return problem;
}

function Details({ task }: { task: Task }) {
  const { board } = useApp();
  return (
    <article className={styles.detail}>
      <TitleField task={task} />
      <PlaceChoice task={task} />
      <section aria-label="Due date" className={styles.due}>
        <h3>Due</h3>
        <DuePicker key={`${task.due_datetime}`} task={task} />
      </section>
      <NotesField task={task} />
      <p className={styles.actions}>
        <Button onClick={() => board.act(completing(board.view(), [task.id], !task.is_completed))}>
          {task.is_completed ? "Reopen" : "Complete"}
        </Button>
        <Button
          variant="danger"
          icon="trash"
          onClick={() => {
            board.act(trashing(board.view(), [task.id]));
            if (history.state?.isPanel) history.back();
          }}
        >
          Move to trash
        </Button>
      </p>
    </article>
  );
}

function TitleField({ task }: { task: Task }) {
  const { id, title } = task;
  const board = useBoard();
  const field = useRef<HTMLTextAreaElement>(null);
  const seen = useRef(task);
  const save = (text: string) =>
    board.act(changing(board.view(), id, { title: text }), { quiet: true, seen: [seen.current] });
  // What is written elsewhere does not disturb who writes here.
  useEffect(() => {
    if (field.current && document.activeElement !== field.current) field.current.value = title;
  }, [title]);
  return (
    <h2 tabIndex={-1} className={styles.heading}>
      <textarea
        ref={field}
        aria-label="Title"
        rows={1}
        maxLength={255}
        defaultValue={title}
        onFocus={() => {
          seen.current = task;
        }}
        onBlur={({ target }) => {
          const text = target.value.trim();
          if (text === "" || text === seen.current.title) target.value = title;
          else save(text);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Escape") event.currentTarget.value = title;
          if (event.key !== "Enter" && event.key !== "Escape") return;
          event.preventDefault();
          event.currentTarget.blur();
        }}
      />
    </h2>
  );
}

function PlaceChoice({ task }: { task: Task }) {
  const { board } = useApp();
  const names = useNames();
  return (
    <fieldset className={styles.places}>
      <legend>Quadrant</legend>
      {PLACES.map((place) => (
        <label key={place} data-place={place}>
          <input
            type="radio"
            name={`place-${task.id}`}
            checked={placeOf(task) === place}
            onChange={() => board.act(moving(board.view(), [task.id], place, names))}
          />
          <span>
            {quadrantOf(place)?.glyph ?? "○"} {names(place)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
