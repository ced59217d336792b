"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Notice } from "@/lib/board/notices";
import { useBoard, useStore } from "./app-context";
import styles from "./notices.module.css";

const SHOWN_MS = 10_000;

/** At once; the others show as soon as these are decided. */
const SHOWN = 3;

/** What was said is in the live region; the buttons stand outside of it. */
export function Notices() {
  const { notices } = useBoard();
  const list = useStore(notices.store, (state) => state.list);
  const said = useStore(notices.store, (state) => state.said);
  return (
    <>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      <section aria-label="Notifications" className={styles.region} data-notices="">
        <ol>
          {list.slice(-SHOWN).map((notice) => (
            <Item key={notice.id} notice={notice} />
          ))}
        </ol>
      </section>
    </>
  );
}

function Item({ notice }: { notice: Notice }) {
  const { notices } = useBoard();
  const { id, kind, text, lines, actions } = notice;
  const close = () => notices.dismiss(id);
  const pause = useExpiry(kind === "done" ? SHOWN_MS : null, close);
  return (
    <li className={kind === "error" ? styles.error : styles.done} {...pause}>
      <p role={kind === "error" ? "alert" : undefined}>{text}</p>
      {lines.length > 0 && (
        <details>
          <summary>Show</summary>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
      {actions.map(({ label, run }) => (
        <button
          key={label}
          type="button"
          onClick={() => {
            close();
            run();
          }}
        >
          {label}
        </button>
      ))}
      <button type="button" aria-label="Dismiss" className={styles.close} onClick={close}>
        ×
      </button>
    </li>
  );
}

/** The time stands still while somebody points at it, has the focus in it, or looks elsewhere. */
function useExpiry(ms: number | null, expire: () => void) {
  const [reasons, setReasons] = useState<ReadonlySet<Reason>>(new Set());
  const isPaused = reasons.size > 0;
  const leftMs = useRef(ms ?? 0);
  const latest = useRef(expire);
  latest.current = expire;
  useEffect(() => {
    if (ms === null || isPaused) return undefined;
    const startedMs = performance.now();
    const timer = setTimeout(() => latest.current(), leftMs.current);
    return () => {
      clearTimeout(timer);
      leftMs.current -= performance.now() - startedMs;
    };
  }, [ms, isPaused]);
  const set = useCallback((reason: Reason, isGiven: boolean) => {
    setReasons((given) => {
      const next = new Set(given);
      if (isGiven) next.add(reason);
      else next.delete(reason);
      return next;
    });
  }, []);
  useEffect(() => {
    const look = () => set("hidden", document.visibilityState === "hidden");
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [set]);
  return {
    onMouseEnter: () => set("pointer", true),
    onMouseLeave: () => set("pointer", false),
    onFocus: () => set("focus", true),
    onBlur: () => set("focus", false),
  };
}

type Reason = "pointer" | "focus" | "hidden";
