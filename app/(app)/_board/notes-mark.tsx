import { snippetOf } from "@/lib/board/search";
import styles from "./board.module.css";
import { Marked } from "./marked";

/** That there are notes, or the part of them that was searched for. */
export function NotesMark({ text, words }: { text: string; words: readonly string[] }) {
  const snippet = words.length > 0 ? snippetOf(text, words) : null;
  return <span className={styles.notes}>{snippet ? <Marked text={snippet} words={words} /> : "Notes"}</span>;
}
