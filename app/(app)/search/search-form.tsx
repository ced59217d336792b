"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/app/_ui/button";
import { focusRow } from "../_board/focus";
import styles from "../_lists/lists.module.css";
import { LONGEST } from "./search-query";

type Props = { query: string; isWithTrash: boolean; onChange(query: string, isWithTrash: boolean): void };

/** Without scripts the browser sends it, and the server answers with the results. */
export function SearchForm({ query, isWithTrash, onChange }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Whoever comes from a link comes to type; with results in the address they are what is looked at.
    if (input.current?.value === "") input.current.focus();
  }, []);
  return (
    <search>
      <form
        action="/search"
        className={styles.search}
        onSubmit={(event) => {
          event.preventDefault();
          focusRow(document.querySelector<HTMLElement>("[data-task]")?.dataset.task ?? null);
        }}
      >
        <input
          ref={input}
          data-filter=""
          type="search"
          name="q"
          aria-label="Search titles and notes"
          placeholder="Titles and notes, done or not"
          maxLength={LONGEST}
          autoComplete="off"
          defaultValue={query}
          onChange={({ target }) => onChange(target.value, isWithTrash)}
        />
        <Button type="submit" icon="search">
          Search
        </Button>
        <label>
          <input
            type="checkbox"
            name="trash"
            value="1"
            checked={isWithTrash}
            onChange={({ target }) => onChange(query, target.checked)}
          />
          In the trash too
        </label>
      </form>
    </search>
  );
}
