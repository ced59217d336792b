"use client";

import { useEffect, useRef, useState } from "react";
import { changing } from "@/lib/board/verbs";
import type { Task } from "@/lib/client/client";
import { useApp } from "../_shell/app-context";
import styles from "./board.module.css";

export function TitleInput({ task }: { task: Task }) {
  const { id, title } = task;
  const { board, ui } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const [seen] = useState(task);
  const [first] = useState(() => board.journal.draft(`title:${id}`)?.text ?? title);
  const [isEmpty, setEmpty] = useState(false);
  useEffect(() => {
    input.current?.focus();
    input.current?.setSelectionRange(-1, -1);
  }, []);
  const close = (text: string | null) => {
    board.journal.dropDraft(`title:${id}`);
    if (text && text !== seen.title)
      board.act(changing(board.view(), id, { title: text }), { quiet: true, seen: [seen] });
    ui.set({ editing: null, focus: document.activeElement === input.current ? id : null });
  };
  return (
    <>
      <input
        ref={input}
        className={styles.input}
        aria-label={`Title of ${title}`}
        aria-invalid={isEmpty || undefined}
        aria-describedby={isEmpty ? `${id}-empty` : undefined}
        defaultValue={first}
        maxLength={255}
        autoComplete="off"
        onChange={({ target }) => {
          board.journal.keepDraft(`title:${id}`, target.value, seen.title);
          setEmpty(target.value.trim() === "");
        }}
        onBlur={({ target }) => ui.get().editing === id && close(target.value.trim())}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          const text = event.currentTarget.value.trim();
          if (event.key === "Escape") close(null);
          else if (event.key === "Enter" && text) close(text);
          else if (event.key !== "Enter") return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {isEmpty && (
        <span id={`${id}-empty`} role="alert" className={styles.problem}>
          A task needs a title.
        </span>
      )}
    </>
  );
}
