"use client";

import { useCallback, useEffect, useState } from "react";
import { useApi, useBoard } from "../_shell/app-context";
import type { First } from "./page";
import { canAsk, searchQuery } from "./search-query";

const PAUSE_MS = 250;

type Found = { query: string; ids: readonly string[]; next: string | null };

const NO_IDS: readonly string[] = [];

const found = ({ query, page }: First): Found => ({
  query,
  ids: page?.tasks.map(({ id }) => id) ?? NO_IDS,
  next: page?.next_cursor ?? null,
});

/** What is on the server and may not be on the board: asked for once nobody types any more. */
export function useServerHits(query: string, first: First) {
  const board = useBoard();
  const api = useApi();
  const [held, setHeld] = useState(() => found(first));
  const [failed, setFailed] = useState<string | null>(null);
  const isHeld = held.query === query;

  const ask = useCallback(
    async (signal: AbortSignal) => {
      const { data } = await api.tasks.list(searchQuery(query), { signal });
      board.learn(data.tasks);
      setHeld({ query, ids: data.tasks.map(({ id }) => id), next: data.next_cursor });
    },
    [api, board, query],
  );
  useEffect(() => {
    if (isHeld || failed === query || !canAsk(query)) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      ask(stop.signal).catch(() => !stop.signal.aborted && setFailed(query));
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [ask, isHeld, failed, query]);

  const { ids, next } = isHeld ? held : { ids: NO_IDS, next: null };
  const more =
    next === null
      ? undefined
      : async () => {
          const { data } = await api.tasks.list({ ...searchQuery(query), cursor: next });
          board.learn(data.tasks);
          setHeld({ query, ids: [...ids, ...data.tasks.map(({ id }) => id)], next: data.next_cursor });
        };
  const state: "ready" | "failed" | "asking" =
    isHeld || !canAsk(query) ? "ready" : failed === query ? "failed" : "asking";
  return { ids, more, state, retry: () => setFailed(null) };
}
