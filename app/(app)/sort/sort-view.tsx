"use client";

import { PageHead } from "../_lists/page-head";
import styles from "./sort.module.css";
import { SortCard } from "./sort-card";
import { SortEnd } from "./sort-end";
import { useSorting } from "./use-sorting";

export function SortView() {
  const sorting = useSorting();
  const { task, progress } = sorting;
  return (
    <div className={styles.page}>
      <PageHead title="Sort">
        {task && <Steps position={progress.position} total={progress.total} />}
      </PageHead>
      {task ? <SortCard key={task.id} task={task} sorting={sorting} /> : <SortEnd sorting={sorting} />}
    </div>
  );
}

function Steps({ position, total }: { position: number; total: number }) {
  return (
    <p className={styles.steps}>
      <progress aria-label="Sorted so far" value={position - 1} max={total} />
      <span>
        {position} of {total}
      </span>
    </p>
  );
}
