"use client";

import { useEffect, useState } from "react";
import { useBoard, useBoardState } from "./app-context";
import styles from "./shell.module.css";

/** What takes no longer is nobody's concern. */
const PATIENCE_MS = 1_000;
const TOO_LONG_MS = 10_000;

/** Silent while all is well. */
export function SavePill() {
  const board = useBoard();
  const { queued, sinceMs, waiting } = useBoardState((state) => state.outbox);
  const isReachable = useBoardState((state) => state.isReachable);
  const nowMs = useNow(sinceMs !== null);
  const ageMs = sinceMs === null ? 0 : nowMs - sinceMs;
  const text = pillText({ queued, ageMs, isReachable, waiting, nowMs });
  return (
    <p className={styles.pill}>
      <span role="status">{text}</span>
      {text && waiting && waiting.reason !== "signed_out" && (
        <button type="button" onClick={() => board.retry()}>
          Retry
        </button>
      )}
    </p>
  );
}

type Told = {
  queued: number;
  ageMs: number;
  isReachable: boolean;
  waiting: { reason: string; untilMs: number | null } | null;
  nowMs: number;
};

function pillText({ queued, ageMs, isReachable, waiting, nowMs }: Told): string {
  const changes = queued === 1 ? "1 change waits" : `${queued} changes wait`;
  if (!isReachable) return queued > 0 ? `Offline · ${changes}` : "Offline";
  if (ageMs < PATIENCE_MS) return "";
  if (waiting?.reason === "limited") {
    const seconds = Math.max(1, Math.ceil(((waiting.untilMs ?? nowMs) - nowMs) / 1_000));
    return `Too fast — trying again in ${seconds} s`;
  }
  if (waiting?.reason === "signed_out") return changes;
  return ageMs > TOO_LONG_MS ? `Can’t save · ${changes}` : "Saving…";
}

function useNow(isOn: boolean): number {
  const [nowMs, setNowMs] = useState(0);
  useEffect(() => {
    if (!isOn) return undefined;
    const timer = setInterval(() => setNowMs(performance.now()), 250);
    return () => clearInterval(timer);
  }, [isOn]);
  return nowMs;
}
