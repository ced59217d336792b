"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import { FILTER_HELP } from "@/lib/board/filter";
import { useBoardState } from "../_shell/app-context";
import styles from "./filter.module.css";

/** One for the whole board. Its text is part of the address, so that it can be kept, sent and gone back from. */
export function FilterBar({ shown }: { shown: number }) {
  const { query, input, write, begin } = useFilter();
  const total = useBoardState(({ places }) =>
    Object.values(places).reduce((sum, ids) => sum + ids.length, 0),
  );
  const clear = () => {
    if (input.current) input.current.value = "";
    begin();
    write("");
    input.current?.focus();
  };
  return (
    <search className={styles.bar}>
      <input
        ref={input}
        data-filter=""
        type="text"
        inputMode="search"
        enterKeyHint="search"
        aria-label="Filter the board"
        aria-describedby="filter-help"
        placeholder="Filter: words, !1, due:<7d, is:overdue"
        defaultValue={query}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => write(target.value.trimStart())}
        onBlur={begin}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
          if (event.key === "Enter") begin();
        }}
      />
      <Help />
      {query && <Result query={query} shown={shown} total={total} clear={clear} />}
    </search>
  );
}

function useFilter() {
  const query = useSearchParams().get("q") ?? "";
  const input = useRef<HTMLInputElement>(null);
  const isBegun = useRef(false);
  useEffect(() => {
    // While somebody types, the page runs behind, and what it says would undo the letters since.
    if (input.current && input.current !== document.activeElement) input.current.value = query;
  }, [query]);
  useEffect(() => {
    const follow = () => {
      if (input.current) input.current.value = new URLSearchParams(location.search).get("q") ?? "";
    };
    window.addEventListener("popstate", follow);
    return () => window.removeEventListener("popstate", follow);
  }, []);
  const write = (text: string) => {
    const url = text ? `?${new URLSearchParams({ q: text })}` : location.pathname;
    // One step back leads to the filter before, not to each of its letters.
    if (isBegun.current) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
    isBegun.current = true;
  };
  const begin = () => {
    isBegun.current = false;
  };
  return { query, input, write, begin };
}

const Help = () => (
  <details className={styles.help}>
    <summary aria-label="What a filter can say">?</summary>
    <dl id="filter-help">
      {FILTER_HELP.map(([token, meaning]) => (
        <div key={token}>
          <dt>
            <code>{token}</code>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  </details>
);

type ResultProps = { query: string; shown: number; total: number; clear(): void };

const Result = ({ query, shown, total, clear }: ResultProps) => (
  <p className={styles.result}>
    <span role="status">{shown === 0 ? `No tasks match “${query}”.` : `${shown} of ${total}`}</span>{" "}
    <button type="button" onClick={clear}>
      Clear the filter
    </button>
  </p>
);
