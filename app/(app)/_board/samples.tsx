"use client";

import { useEffect } from "react";
import { Button } from "@/app/_ui/button";
import { adding, type NewTask, trashing } from "@/lib/board/verbs";
import { useApp, useBoardState, usePreferences } from "../_shell/app-context";
import { savePreferences } from "../_shell/save-preferences";
import { useNames } from "../_shell/use-names";
import styles from "./samples.module.css";

const TEXTS: readonly Pick<NewTask, "title" | "place" | "description">[] = [
  { place: "unsorted", title: "I am not sorted yet: press U on me for urgent, I for important" },
  { place: "unsorted", title: "Press Q anywhere and type: Pay the rent tomorrow !1" },
  { place: "do", title: "Complete me (Space, or the circle), then take it back with Ctrl+Z" },
  { place: "do", title: "Open me with Enter", description: "Notes go here. They are saved while you write." },
  { place: "schedule", title: "Press D to say when I am due" },
  { place: "schedule", title: "Drag me between two others, or move me with Alt and the arrows" },
  { place: "delegate", title: "Drag me to Schedule, or press 2" },
  { place: "drop", title: "Press Delete: I go to the trash, where I can be found for 30 days" },
];

/** The same on every board, so that they are known again, and planted twice are planted once. */
const SAMPLES: readonly NewTask[] = TEXTS.map((sample, index) => ({
  ...sample,
  id: `01932f6e-8000-7000-8000-0000000005a${index}`,
}));

const IDS = SAMPLES.flatMap(({ id }) => id ?? []);

/** The first board of a new account is its own tutorial. */
export function Samples() {
  const { board, client, initial } = useApp();
  const names = useNames();
  const { tips } = usePreferences();
  const isThere = useBoardState(({ tasks }) => IDS.some((id) => isOpen(tasks.get(id))));
  useEffect(() => {
    if (!initial.isNew || board.view().tasks.size > 0 || board.store.get().outbox.queued > 0) return;
    initial.isNew = false;
    board.act(adding(board.view(), SAMPLES, names), { quiet: true });
  }, [board, initial, names]);
  const isStillOpen = (id: string) => isOpen(board.view().tasks.get(id));
  if (!tips || !isThere) return null;
  return (
    <aside aria-label="Samples" className={styles.banner}>
      <p>These are samples. Try things on them.</p>
      <Button onClick={() => void savePreferences(board, client, { tips: false })}>Keep them</Button>
      <Button onClick={() => board.act(trashing(board.view(), IDS.filter(isStillOpen)))}>Clear all</Button>
    </aside>
  );
}

const isOpen = (task: { is_completed: boolean; deleted_at: string | null } | undefined) =>
  task !== undefined && !task.is_completed && task.deleted_at === null;
