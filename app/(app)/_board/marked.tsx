import { piecesOf } from "@/lib/board/search";

/** A text, and in it what was searched for. */
export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  if (words.length === 0) return text;
  let end = 0;
  return piecesOf(text, words).map((piece) => {
    end += piece.text.length;
    return piece.isHit ? <mark key={end}>{piece.text}</mark> : <span key={end}>{piece.text}</span>;
  });
}
