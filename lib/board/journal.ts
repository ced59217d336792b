import type { Gesture } from "./gestures";

const DRAFT_DAYS = 30;

type Storage = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/**
 * What is not saved yet, kept by the browser, so that neither a reload nor a crash loses it. It is written at once, where
 * a database of the browser would still be at it when the page goes away.
 */
export function createJournal(storage: Storage | undefined, userId: string, now = Date.now()) {
  const prefix = `fourfold:${userId}:`;
  const keysOf = (kind: string) =>
    Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? "").filter((key) =>
      key.startsWith(`${prefix}${kind}`),
    );

  const write = (name: string, value: unknown): boolean => {
    try {
      storage?.setItem(prefix + name, JSON.stringify(value));
      return storage !== undefined;
    } catch {
      // Full, or forbidden: what is on the screen is all there is.
      return false;
    }
  };

  const read = <T>(key: string): T | undefined => {
    try {
      return JSON.parse(storage?.getItem(key) ?? "null") ?? undefined;
    } catch {
      return undefined;
    }
  };

  const oldest = new Date(now - DRAFT_DAYS * 86_400_000).toISOString();
  for (const key of keysOf("draft:")) if ((read<Draft>(key)?.at ?? "") < oldest) storage?.removeItem(key);

  return {
    /** Whether it is kept: a full or forbidden storage takes nothing. */
    keep: (gesture: Gesture) => write(`gesture:${gesture.key}`, gesture),
    has: (key: string) => Boolean(storage?.getItem(`${prefix}gesture:${key}`)),
    drop: (key: string) => storage?.removeItem(`${prefix}gesture:${key}`),
    /** What another life of the page did not get through, in order. */
    left: (): Gesture[] =>
      keysOf("gesture:")
        .flatMap((key) => read<Gesture>(key) ?? [])
        .sort((a, b) => (a.at < b.at ? -1 : 1)),

    draft: (name: string): Draft | undefined => read(`${prefix}draft:${name}`),
    keepDraft: (name: string, text: string, base: string | null) =>
      write(`draft:${name}`, { text, base, at: new Date().toISOString() } satisfies Draft),
    dropDraft: (name: string) => storage?.removeItem(`${prefix}draft:${name}`),

    /** On signing out: nobody after this person finds a word. */
    clear: () => {
      for (const key of keysOf("")) storage?.removeItem(key);
    },
  };
}

export type Journal = ReturnType<typeof createJournal>;

/** A text that was being typed, and what stood there before. */
export type Draft = { text: string; base: string | null; at: string };

/** The name of the draft of a task's notes. */
export const notesDraft = (id: string) => `notes:${id}`;
