import type { Ctx } from "@/lib/context";
import { databaseOf } from "@/lib/db/client";
import { processWide } from "@/lib/process-wide";

type Listener = () => void;

const listeners = processWide("changes", () => new Map<string, Set<Listener>>());

/** Tells who waits in this process that the space has changed. Inside a transaction it is too early: whoever opened it tells. */
export function announce({ actor, db }: Pick<Ctx, "actor" | "db">): void {
  if (databaseOf(db)) wake(actor.spaceId);
}

export function wake(spaceId: string): void {
  for (const listener of listeners.get(spaceId) ?? []) listener();
}

/** Returns how to stop listening. */
export function listen(spaceId: string, listener: Listener): () => void {
  const own = listeners.get(spaceId) ?? new Set();
  listeners.set(spaceId, own.add(listener));
  return () => {
    own.delete(listener);
    if (own.size === 0) listeners.delete(spaceId);
  };
}

/** The spaces that somebody waits for. */
export const awaited = (): string[] => [...listeners.keys()];

export const isAwaited = (spaceId: string): boolean => listeners.has(spaceId);
