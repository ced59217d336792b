"use client";

import { useDeferredValue, useId, useMemo, useState } from "react";
import { hits, steady, wordsIn } from "@/lib/board/search";
import type { Task } from "@/lib/client/client";
import { PlaceTag } from "../_board/place-tag";
import styles from "../_lists/lists.module.css";
import { More } from "../_lists/more";
import { TaskList } from "../_lists/task-list";
import { TrashList } from "../_lists/trash-list";
import { useKnown } from "../_lists/use-known";
import { CreateInstead } from "./create-instead";
import type { First } from "./page";
import { useServerHits } from "./use-server-hits";
import { useTrashHits } from "./use-trash-hits";

type Props = { query: string; isWithTrash: boolean; first: First };

const NONE: readonly Task[] = [];

export function Results({ query: typed, isWithTrash, first }: Props) {
  const query = useDeferredValue(typed);
  const words = useMemo(() => wordsIn(query), [query]);
  const server = useServerHits(query, first);
  const trash = useTrashHits(query, words, isWithTrash, first);
  const tasks = useFound(query, words, server.ids, first);
  const label = useId();
  const count = tasks.length + trash.tasks.length;
  const isSettled = server.state === "ready" && trash.isReady;
  if (words.length === 0) return <p className={styles.hint}>Type what you remember of it.</p>;
  return (
    <section aria-labelledby={label} className={styles.group}>
      <h2 id={label} className="visually-hidden">
        Results
      </h2>
      <p role="status" className={styles.hint}>
        {count > 0 && `${count === 1 ? "1 result" : `${count} results`}${server.more ? ", and more" : ""}`}
        {count === 0 && isSettled && `Nothing matches “${query}”.`}
      </p>
      {tasks.length > 0 && (
        <TaskList name="results" labelledBy={label} tasks={tasks} extra={PlaceTag} words={words} />
      )}
      {(server.state === "failed" || trash.hasFailed) && (
        <Failed
          retry={() => {
            server.retry();
            trash.retry();
          }}
        />
      )}
      {server.more && <More key={query} load={server.more} />}
      {trash.tasks.length > 0 && (
        <>
          <h3>In the trash</h3>
          <TrashList tasks={trash.tasks} label="In the trash" words={words} onGone={trash.gone} />
        </>
      )}
      {count === 0 && isSettled && <CreateInstead title={query} />}
    </section>
  );
}

const Failed = ({ retry }: { retry(): void }) => (
  <p role="alert" className={styles.alert}>
    Only what this page knows already was searched.{" "}
    <button type="button" onClick={retry}>
      Retry
    </button>
  </p>
);

/** What the page knows first, and below it what the server found besides; nothing moves while the words stay. */
function useFound(query: string, words: readonly string[], more: readonly string[], { page }: First) {
  const known = useKnown(page?.tasks ?? NONE);
  const ids = useMemo(() => {
    const local = hits(known.values(), words).map(({ id }) => id);
    return [...new Set([...local, ...more])];
  }, [known, words, more]);
  const [shown, setShown] = useState({ query, ids });
  const now = steady(shown.query === query ? shown.ids : [], ids);
  if (shown.query !== query || now.join() !== shown.ids.join()) setShown({ query, ids: now });
  return useMemo(
    () => shown.ids.flatMap((id) => known.get(id) ?? []).filter(({ deleted_at }) => deleted_at === null),
    [shown, known],
  );
}
