"use client";

import { useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import type { TrashPage } from "@/lib/client/client";
import { TRASH_DAYS } from "@/lib/trash/days";
import { Empty } from "../_lists/empty";
import styles from "../_lists/lists.module.css";
import { More } from "../_lists/more";
import { PageHead } from "../_lists/page-head";
import { TrashList, useTrashed } from "../_lists/trash-list";
import { useApi } from "../_shell/app-context";
import { EmptyTrash } from "./empty-trash";

export function TrashView({ first }: { first: TrashPage }) {
  const api = useApi();
  const [{ tasks, next_cursor: next }, setPage] = useState(first);
  const [isEmptying, setIsEmptying] = useState(false);
  const content = useRef<HTMLDivElement>(null);
  const shown = useTrashed(tasks);
  const load = async () => {
    const { data } = await api.trash.list({ limit: 50, cursor: next ?? "" });
    setPage({ tasks: [...tasks, ...data.tasks], next_cursor: data.next_cursor });
  };
  const emptied = (page: TrashPage) => {
    setIsEmptying(false);
    setPage(page);
    requestAnimationFrame(() => content.current?.focus());
  };
  return (
    <div ref={content} tabIndex={-1} className={styles.page}>
      <PageHead title="Trash">
        {shown.length > 0 && (
          <Button icon="trash" onClick={() => setIsEmptying(true)}>
            Empty trash
          </Button>
        )}
      </PageHead>
      {shown.length === 0 && next === null ? (
        <Empty
          text={`The trash is empty. What you delete can be restored from here for ${TRASH_DAYS} days.`}
        />
      ) : (
        <TrashList
          tasks={tasks}
          label="Trash"
          onGone={(id) => setPage({ tasks: tasks.filter((task) => task.id !== id), next_cursor: next })}
        />
      )}
      {next !== null && <More load={load} />}
      {isEmptying && (
        <EmptyTrash
          count={next === null ? shown.length : null}
          onClose={() => setIsEmptying(false)}
          onEmptied={emptied}
        />
      )}
    </div>
  );
}
