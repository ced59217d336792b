"use client";

import { useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import type { TrashPage } from "@/lib/client/client";
import styles from "../_lists/lists.module.css";
import { purge, readWholeTrash } from "../_lists/purge";
import { useApp } from "../_shell/app-context";

type Props = {
  /** Null when there are more than were read so far. */
  count: number | null;
  onClose(): void;
  onEmptied(page: TrashPage): void;
};

const AT_ONCE = 5;

type Progress = { gone: number; of: number };

export function EmptyTrash({ count, onClose, onEmptied }: Props) {
  const { board, client } = useApp();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const isStopped = useRef(false);

  const run = async () => {
    isStopped.current = false;
    setHasFailed(false);
    const all = await readWholeTrash(client);
    for (let gone = 0; gone < all.length && !isStopped.current; gone += AT_ONCE) {
      setProgress({ gone, of: all.length });
      await Promise.all(all.slice(gone, gone + AT_ONCE).map(({ id }) => purge(client, id)));
    }
    const { data } = await client.trash.list({ limit: 50 });
    board.notices.say(data.tasks.length === 0 ? "The trash is empty" : "Stopped");
    onEmptied(data);
  };
  const start = () =>
    void run().catch(() => {
      setProgress(null);
      setHasFailed(true);
    });
  const cancel = () => {
    isStopped.current = true;
    if (!progress) onClose();
  };
  const what = count === null ? "Everything in it" : count === 1 ? "1 task" : `${count} tasks`;
  return (
    <Dialog title="Empty the trash?" onClose={cancel}>
      <p>{what} will be deleted forever. This cannot be undone.</p>
      {hasFailed && <p role="alert">Not everything could be deleted. What is left is still in the trash.</p>}
      {progress && <Gone {...progress} />}
      <DialogActions>
        <Button onClick={cancel}>{progress ? "Stop" : "Cancel"}</Button>
        <Button
          variant="danger"
          icon="trash"
          aria-disabled={progress !== null}
          onClick={() => !progress && start()}
        >
          {hasFailed ? "Retry" : "Delete forever"}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

const Gone = ({ gone, of }: Progress) => (
  <p className={styles.progress}>
    <progress aria-label="Deleted so far" value={gone} max={of} />
    <span>
      {gone} of {of}
    </span>
  </p>
);
