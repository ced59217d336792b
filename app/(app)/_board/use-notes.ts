"use client";

import { useEffect, useRef, useState } from "react";
import { changing } from "@/lib/board/verbs";
import type { Task } from "@/lib/client/client";
import { useBoard, useBoardState } from "../_shell/app-context";

const IDLE_MS = 800;

/** Saved while the person writes; what is not saved yet is a draft, which neither a reload nor a crash takes. */
export function useNotes({ id, description }: Task) {
  const board = useBoard();
  const field = useRef<HTMLTextAreaElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const name = `notes:${id}`;
  const stored = description ?? "";
  const isSaving = useBoardState((state) => state.outbox.queued > 0);
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [draft, setDraft] = useState<string | null>(null);

  const save = () => {
    clearTimeout(timer.current);
    const text = field.current?.value ?? "";
    const isNew = board.act(changing(board.view(), id, { description: text === "" ? null : text }), {
      quiet: true,
    });
    if (isNew) setSavedAt(new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }));
  };
  const write = (text: string) => {
    board.journal.keepDraft(name, text, description);
    setSavedAt(null);
    clearTimeout(timer.current);
    timer.current = setTimeout(save, IDLE_MS);
  };
  const discard = () => {
    board.journal.dropDraft(name);
    setDraft(null);
  };
  const restore = () => {
    if (field.current) field.current.value = draft ?? "";
    setDraft(null);
    save();
  };

  useEffect(() => {
    const kept = board.journal.draft(name)?.text;
    const now = board.view().tasks.get(id)?.description ?? "";
    if (kept !== undefined && kept !== now) setDraft(kept);
  }, [board, id, name]);

  // Once the server has it, the draft has done its part. Words from elsewhere come in where nobody is writing.
  useEffect(() => {
    if (!isSaving && board.journal.draft(name)?.text === stored) board.journal.dropDraft(name);
    const element = field.current;
    const isFree = element && document.activeElement !== element && !board.journal.draft(name);
    if (isFree) element.value = stored;
  }, [board, name, isSaving, stored]);

  useSaveWhenHidden(timer, save);
  const status = savedAt === null ? "" : isSaving ? "Saving…" : `Saved ${savedAt}`;
  return { field, draft, status, write, save, restore, discard };
}

type Timer = { readonly current: ReturnType<typeof setTimeout> | undefined };

function useSaveWhenHidden(timer: Timer, save: () => void): void {
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const look = () => {
      if (timer.current !== undefined && document.visibilityState === "hidden") latest.current();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [timer]);
}
