import type { Task } from "@/lib/client/client";
import { fold } from "./filter";

export const wordsIn = (query: string): string[] => fold(query).split(/\s+/).filter(Boolean);

/** Whether every word occurs, in the title or in the notes, whatever its case and accents. */
export function isHit({ title, description }: Task, words: readonly string[]): boolean {
  const text = fold(`${title}\n${description ?? ""}`);
  return words.length > 0 && words.every((word) => text.includes(word));
}

/** Open before completed, and what says it in the title before what says it in the notes. */
export function hits(tasks: Iterable<Task>, words: readonly string[]): Task[] {
  const rank = (task: Task) =>
    Number(task.is_completed) * 2 + Number(!isHit({ ...task, description: null }, words));
  return [...tasks]
    .filter((task) => !task.deleted_at && isHit(task, words))
    .sort((a, b) => rank(a) - rank(b) || (a.updated_at < b.updated_at ? 1 : -1));
}

/** What is shown stays where it is: what is new comes below. */
export function steady(shown: readonly string[], found: readonly string[]): string[] {
  const isFound = new Set(found);
  const isShown = new Set(shown);
  return [...shown.filter((id) => isFound.has(id)), ...found.filter((id) => !isShown.has(id))];
}

export type Piece = { text: string; isHit: boolean };

/** The text in pieces, told apart by whether one of the words stands there. */
export function piecesOf(text: string, words: readonly string[]): Piece[] {
  const signs = [...text];
  const isMarked = markedSigns(signs, words);
  const pieces: Piece[] = [];
  for (const [index, sign] of signs.entries()) {
    const last = pieces.at(-1);
    if (last && last.isHit === isMarked[index]) last.text += sign;
    else pieces.push({ text: sign, isHit: isMarked[index] ?? false });
  }
  return pieces;
}

/** Folding makes several letters of one sign, or none: each remembers where it came from. */
function markedSigns(signs: readonly string[], words: readonly string[]): boolean[] {
  const folded = signs.map(fold);
  const text = folded.join("");
  const origins = folded.flatMap((letters, index) => Array.from(letters.split(""), () => index));
  const isMarked = signs.map(() => false);
  for (const word of words)
    for (let at = text.indexOf(word); word && at >= 0; at = text.indexOf(word, at + word.length))
      isMarked.fill(true, origins[at], (origins[at + word.length - 1] ?? 0) + 1);
  // An accent of its own belongs to the letter before it.
  for (const [index, letters] of folded.entries())
    if (letters === "" && index > 0) isMarked[index] = isMarked[index - 1] ?? false;
  return isMarked;
}

const BEFORE = 40;
const LENGTH = 160;

/** The part of a long text where the first of the words stands; null where none does. */
export function snippetOf(text: string, words: readonly string[]): string | null {
  const signs = [...text];
  const first = markedSigns(signs, words).indexOf(true);
  if (first < 0) return null;
  const from = Math.max(0, first - BEFORE);
  const part = signs.slice(from, from + LENGTH).join("");
  return `${from > 0 ? "…" : ""}${part}${from + LENGTH < signs.length ? "…" : ""}`;
}
