"use client";

import { useEffect, useMemo, useState } from "react";
import type { Journal } from "@/lib/board/journal";
import type { Place } from "@/lib/board/quadrants";
import { useApp } from "../_shell/app-context";
import { useClock } from "../_shell/use-clock";
import { useNames } from "../_shell/use-names";
import { type Chip, EMPTY, type QuickLine, readLine, saidOf } from "./quick-line";

const DRAFT = "quick-add";
const REJECTED = "quick-add:rejected";

/** The line, what it means, and all that can be done to it. Every change is kept for the next time. */
export function useQuickLine() {
  const { board, ui } = useApp();
  const clock = useClock();
  const names = useNames();
  const [line, setLine] = useState(() => restored(board.journal, ui.get().draft));
  useEffect(() => {
    // What it begins with has come in, and does not come in again.
    if (!ui.get().draft) return;
    keep(board.journal, line);
    ui.set({ draft: "" });
  }, [board, ui, line]);
  const reading = useMemo(() => readLine(line, { clock, names }), [line, clock, names]);

  const change = (part: Partial<QuickLine>) => {
    const next = { ...line, ...part };
    keep(board.journal, next);
    setLine(next);
  };
  const reject = (texts: readonly string[]) =>
    change({
      rejected: [...new Set([...line.rejected, ...texts])],
      accepted: line.accepted.filter((text) => !texts.includes(text)),
    });
  const said = (kind: Chip["kind"]) =>
    reading.tokens.flatMap((token) => (token.kind === kind ? token.text : []));

  return {
    line,
    reading,
    type: (text: string) => change(text === "" ? { text, rejected: [], accepted: [] } : { text }),
    reject,
    accept: (text: string) => change({ accepted: [...line.accepted, text] }),
    takeBack: ({ said, kind }: Chip) =>
      said === null ? change(kind === "due" ? { day: null } : { place: null }) : reject([said]),
    pickPlace: (value: Place) => change({ place: { value, over: saidOf(reading.tokens, "quadrant") } }),
    /** What is picked already, or said, is taken back. */
    pickDay(value: string) {
      if (value && value !== reading.day) change({ day: { value, over: saidOf(reading.tokens, "due") } });
      else if (reading.chips.some(({ kind, said }) => kind === "due" && said === null)) change({ day: null });
      else reject(said("due"));
    },
    clear: () => {
      keep(board.journal, EMPTY);
      setLine(EMPTY);
    },
  };
}

export type QuickLineState = ReturnType<typeof useQuickLine>;

/** What the line begins with comes before what was being typed, which is not lost. */
function restored(journal: Journal, first: string): QuickLine {
  const draft = journal.draft(DRAFT)?.text ?? "";
  const text = [first, draft === first ? "" : draft].filter(Boolean).join("\n");
  return { ...EMPTY, text, rejected: journal.draft(REJECTED)?.text.split("\n") ?? [] };
}

function keep(journal: Journal, { text, rejected }: QuickLine): void {
  if (text) journal.keepDraft(DRAFT, text, null);
  else journal.dropDraft(DRAFT);
  if (text && rejected.length > 0) journal.keepDraft(REJECTED, rejected.join("\n"), null);
  else journal.dropDraft(REJECTED);
}
