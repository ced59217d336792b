"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import { questionOf } from "@/lib/board/failures";
import { notesDraft } from "@/lib/board/journal";
import { changing } from "@/lib/board/verbs";
import type { Task } from "@/lib/client/client";
import { useBoard, useBoardState, useStore } from "../_shell/app-context";

const IDLE_MS = 800;

/** Saved while the person writes; what is not saved yet is a draft, which neither a reload nor a crash takes. */
export function useNotes(task: Task) {
  const { id } = task;
  const board = useBoard();
  const name = notesDraft(id);
  const field = useRef<HTMLTextAreaElement>(null);
  const { write, save, take } = useText(task, field);
  const isSaving = useBoardState((state) => state.outbox.queued > 0);
  const isAsked = useStore(board.notices.store, ({ list }) =>
    list.some(({ about }) => about === questionOf(id, ["description"])),
  );
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [draft, setDraft] = useState<string | null>(null);
  const stored = task.description ?? "";

  useEffect(() => {
    const kept = board.journal.draft(name)?.text;
    const now = board.view().tasks.get(id)?.description ?? "";
    if (kept !== undefined && kept !== now) setDraft(kept);
  }, [board, id, name]);

  // Once the server has it, the draft has done its part.
  useEffect(() => {
    if (!isSaving && board.journal.draft(name)?.text === stored) board.journal.dropDraft(name);
    if (!isAsked) take.current();
  }, [board, name, isSaving, isAsked, stored, take]);

  const told = (isNew: boolean) => {
    const now = new Date();
    if (isNew) setSavedAt(now.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }));
  };
  return {
    field,
    draft,
    status: savedAt === null ? "" : isSaving ? "Saving…" : `Saved ${savedAt}`,
    write: (text: string) => {
      setSavedAt(null);
      write(text, () => told(save()));
    },
    save: () => {
      told(save());
      take.current();
    },
    restore: () => {
      if (field.current) field.current.value = draft ?? "";
      write(draft ?? "", () => {});
      setDraft(null);
      told(save());
    },
    discard: () => {
      board.journal.dropDraft(name);
      setDraft(null);
    },
  };
}

/** The text in the field, what is typed of it and not handed over yet, and the task from which it grew. */
function useText(task: Task, field: RefObject<HTMLTextAreaElement | null>) {
  const { id } = task;
  const board = useBoard();
  const name = notesDraft(id);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const typed = useRef<string | null>(null);
  const seen = useRef(task);

  const save = () => {
    clearTimeout(timer.current);
    if (typed.current === null) return false;
    const description = typed.current === "" ? null : typed.current;
    const deed = changing(board.view(), id, { description });
    const isNew = board.act(deed, { quiet: true, seen: [seen.current] });
    typed.current = null;
    seen.current = { ...seen.current, description };
    return isNew;
  };
  const write = (text: string, saveIdle: () => void) => {
    board.journal.keepDraft(name, text, seen.current.description);
    typed.current = text;
    clearTimeout(timer.current);
    timer.current = setTimeout(saveIdle, IDLE_MS);
  };
  /** Words from elsewhere come in where nobody is writing. */
  const take = useRef(() => {});
  take.current = () => {
    const { current: element } = field;
    if (!element || document.activeElement === element || board.journal.draft(name)) return;
    element.value = task.description ?? "";
    seen.current = task;
  };
  useSaveWhenLeaving(save);
  return { write, save, take };
}

function useSaveWhenLeaving(save: () => void): void {
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const look = () => document.visibilityState === "hidden" && latest.current();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      latest.current();
    };
  }, []);
}
