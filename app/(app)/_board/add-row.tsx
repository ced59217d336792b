"use client";

import { useEffect, useRef } from "react";
import type { Place } from "@/lib/board/quadrants";
import { adding } from "@/lib/board/verbs";
import { useApp } from "../_shell/app-context";
import { useNames } from "../_shell/use-names";
import styles from "./board.module.css";

/** Stays open, so that one line follows the other; what is typed survives whatever happens to the page. */
export function AddRow({ place }: { place: Place }) {
  const { board, ui } = useApp();
  const names = useNames();
  const input = useRef<HTMLInputElement>(null);
  const draft = `add:${place}`;
  useEffect(() => {
    if (!input.current) return;
    input.current.value = board.journal.draft(draft)?.text ?? "";
    input.current.focus();
  }, [board, draft]);
  const close = () => {
    ui.set({ adding: null });
    board.journal.dropDraft(draft);
  };
  const add = () => {
    const title = input.current?.value.trim();
    if (!input.current || !title) return close();
    board.act(adding(board.view(), [{ title: [...title].slice(0, 255).join(""), place }], names), {
      quiet: true,
    });
    board.journal.dropDraft(draft);
    input.current.value = "";
  };
  return (
    <form
      className={styles.adding}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <input
        ref={input}
        aria-label={`New task in ${names(place)}`}
        placeholder="What is to be done?"
        maxLength={255}
        autoComplete="off"
        onChange={({ target }) => board.journal.keepDraft(draft, target.value, null)}
        onBlur={({ target }) => target.value.trim() === "" && close()}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          close();
        }}
      />
    </form>
  );
}
