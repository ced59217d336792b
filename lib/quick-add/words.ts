export type Word = {
  start: number;
  end: number;
  /** As it was typed, without the punctuation after it. */
  plain: string;
  /** What the grammar looks at: `plain` in small letters, or "\" where nothing may be recognised. */
  core: string;
  punctuation: string;
  /** "#work", "@phone", "+ben", "~45m": no part of the sentence, for programs that know such words. */
  isAside: boolean;
};

export type Line = {
  words: Word[];
  /** Where a backslash stands that only protects what is after it. */
  escapes: number[];
};

const LITERAL = "\\";
const ASIDE = /^(?:[#@]\S|~\d|\+\p{L})/u;

export function lineOf(text: string, rejected: readonly string[]): Line {
  const quotes = quotesIn(text);
  const escapes: number[] = [];
  let quote = 0;
  const words = [...text.matchAll(/\S+/g)].map(({ 0: raw, index: start }): Word => {
    const end = start + raw.length;
    while ((quotes[quote]?.[1] ?? Number.POSITIVE_INFINITY) <= start) quote += 1;
    const isQuoted = (quotes[quote]?.[0] ?? Number.POSITIVE_INFINITY) < end;
    const isEscaped = !isQuoted && /^\\[^\\]/.test(raw);
    if (isEscaped) escapes.push(start);
    const plain = raw.replace(/(?<=[^.,;:!])[.,;:!]+$/, "");
    const isAside = isQuoted ? /[#@+]/.test(text[(quotes[quote]?.[0] ?? 0) - 1] ?? "") : ASIDE.test(plain);
    const core = isQuoted || isEscaped ? LITERAL : plain.toLowerCase();
    return { start, end, plain, core, punctuation: raw.slice(plain.length), isAside };
  });
  for (const phrase of rejected) reject(words, phrase);
  return { words, escapes };
}

/** Pairs only: what is never closed is an inch or a typing error. */
function quotesIn(text: string): [number, number][] {
  const quotes: [number, number][] = [];
  const opening = /(?<![^\s([#@+])["“]/g;
  const closing = /["”](?![^\s.,;:!?)\]])/g;
  for (let open = opening.exec(text); open; open = opening.exec(text)) {
    closing.lastIndex = open.index + 1;
    const close = closing.exec(text);
    if (!close) break;
    opening.lastIndex = close.index + 1;
    quotes.push([open.index, close.index + 1]);
  }
  return quotes;
}

export const plainWords = (phrase: string) =>
  [...phrase.matchAll(/\S+/g)].map(([raw]) => raw.replace(/(?<=[^.,;:!])[.,;:!]+$/, ""));

function reject(words: Word[], phrase: string): void {
  const plain = plainWords(phrase);
  if (plain.length === 0) return;
  for (let at = 0; at + plain.length <= words.length; at += 1)
    if (plain.every((word, index) => words[at + index]?.plain === word))
      for (const word of words.slice(at, at + plain.length)) word.core = LITERAL;
}

/** What is left of the text without the spans, which are in order, and without the dash or comma beside them. */
export function textWithout(
  text: string,
  spans: readonly { start: number; end: number }[],
  escapes: number[],
): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of [...spans, { start: text.length, end: text.length }]) {
    pieces.push(unescaped(text, from, start, escapes));
    from = end;
  }
  const [first, last] = [pieces[0], pieces.at(-1)];
  const rest = pieces.filter(Boolean).join(" ");
  const tidied = first === "" ? rest.replace(/^[-–—]\s+/, "") : rest;
  return (last === "" ? tidied.replace(/(?:[,;]|\s[-–—])+$/, "") : tidied).trim();
}

function unescaped(text: string, from: number, to: number, escapes: number[]): string {
  let piece = "";
  let at = from;
  for (const backslash of escapes) {
    if (backslash < at || backslash >= to) continue;
    piece += text.slice(at, backslash);
    at = backslash + 1;
  }
  return (piece + text.slice(at, to)).trim();
}
