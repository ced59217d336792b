/** A text ready to be found: its own words, and others that mean it. */
export type Findable<T> = { item: T; words: readonly string[]; aliases: readonly string[] };

export type Found<T> = { item: T; score: number };

const WHOLE = 5;
const START = 4;
/** From here on there is no doubt that it is meant. */
export const SURE = START;
const INSIDE = 2;
const INITIALS = 2;
const LETTERS = 1;
const ALIAS = 0.6;
const FIRST_WORD = 0.5;

const wordsIn = (text: string): string[] =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

export const findable = <T>(item: T, text: string, aliases = ""): Findable<T> => ({
  item,
  words: wordsIn(text),
  aliases: wordsIn(aliases),
});

/** Every word that is asked for has to be somewhere. Best first, equal ones in the order given. */
export function find<T>(query: string, all: readonly Findable<T>[]): Found<T>[] {
  const asked = wordsIn(query);
  if (asked.length === 0) return [];
  return all
    .map((each) => ({ item: each.item, score: scoreOf(asked, each) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

function scoreOf<T>(asked: readonly string[], { words, aliases }: Findable<T>): number {
  let least = Number.POSITIVE_INFINITY;
  for (const word of asked) {
    const best = Math.max(bestOf(word, words), bestOf(word, aliases) * ALIAS, initials(word, words));
    if (best === 0) return 0;
    least = Math.min(least, best);
  }
  return least + (words[0]?.startsWith(asked[0] ?? "") ? FIRST_WORD : 0);
}

function bestOf(asked: string, words: readonly string[]): number {
  let best = 0;
  for (const word of words) {
    if (word === asked) return WHOLE;
    if (word.startsWith(asked)) best = Math.max(best, START);
    else if (best < INSIDE && asked.length > 1 && word.includes(asked)) best = INSIDE;
    else if (best < LETTERS && asked.length > 2 && hasLetters(asked, word)) best = LETTERS;
  }
  return best;
}

/** "cmpl" is in "complete": the first letter is right, and the others follow in order. */
function hasLetters(asked: string, word: string): boolean {
  if (word[0] !== asked[0]) return false;
  let at = 0;
  for (const letter of word) if (letter === asked[at]) at += 1;
  return at === asked.length;
}

const initials = (asked: string, words: readonly string[]): number =>
  asked.length > 1 &&
  words
    .map((word) => word[0])
    .join("")
    .includes(asked)
    ? INITIALS
    : 0;
