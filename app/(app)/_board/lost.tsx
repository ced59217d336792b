"use client";

import Link from "next/link";
import { Button } from "@/app/_ui/button";
import type { Operation } from "@/lib/board/apply";
import { notesDraft } from "@/lib/board/journal";
import type { Task } from "@/lib/client/client";
import { useBoard } from "../_shell/app-context";
import styles from "./task-detail.module.css";

/** It went away while it was looked at: here or elsewhere, to the trash, from which it comes back with what was typed. */
export function Lost({ task }: { task: Task }) {
  const { id, title } = task;
  const board = useBoard();
  const draft = board.journal.draft(notesDraft(id))?.text;
  const restore = () => {
    const operations: Operation[] = [{ op: "restore", id }];
    if (draft) operations.push({ op: "update", id, body: { description: draft } });
    board.act({ verb: "Restored", label: `Restored “${title}”`, operations }, { seen: [task] });
  };
  return (
    <div role="alert" className={styles.restore}>
      <p>“{title}” was deleted.</p>
      {draft && <blockquote>{draft}</blockquote>}
      <Button onClick={restore}>{draft ? "Restore with my changes" : "Restore"}</Button>
      <Link href="/matrix">Let it go</Link>
    </div>
  );
}
