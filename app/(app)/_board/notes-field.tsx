"use client";

import { Button } from "@/app/_ui/button";
import type { Task } from "@/lib/client/client";
import styles from "./task-detail.module.css";
import { useNotes } from "./use-notes";

const MOST = 50_000;

export function NotesField({ task }: { task: Task }) {
  const { field, draft, status, write, save, restore, discard } = useNotes(task);
  const id = `notes:${task.id}`;
  return (
    <section className={styles.notes}>
      <label htmlFor={id}>Notes</label>
      {draft !== null && <Restore text={draft} take={restore} leave={discard} />}
      <textarea
        id={id}
        ref={field}
        rows={10}
        maxLength={MOST}
        defaultValue={task.description ?? ""}
        onChange={({ target }) => write(target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          save();
          if (history.state?.isPanel) history.back();
        }}
      />
      <p role="status" className={styles.saved}>
        {status}
      </p>
    </section>
  );
}

type RestoreProps = { text: string; take(): void; leave(): void };

const Restore = ({ text, take, leave }: RestoreProps) => (
  <div role="alert" className={styles.restore}>
    <p>Restore your unsaved text?</p>
    <blockquote>{text.length > 200 ? `${text.slice(0, 199)}…` : text}</blockquote>
    <Button onClick={take}>Restore</Button>
    <Button onClick={leave}>Discard</Button>
  </div>
);
