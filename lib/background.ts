import { describeError, log } from "@/lib/log";

type VercelContext = { get?: () => { waitUntil?: (work: Promise<unknown>) => void } | undefined };

/** Work that no answer waits for. It must not use the handle of a transaction, which ends with its caller. */
export function inBackground(work: () => Promise<void>): void {
  const done = new Promise<void>((resolve) => setImmediate(resolve))
    .then(work)
    .catch((error: unknown) => log.error(describeError(error), "Work in the background failed."));
  const vercel: VercelContext | undefined = Reflect.get(globalThis, Symbol.for("@vercel/request-context"));
  // Vercel freezes a function once it has answered, unless it is told what is still going on.
  vercel?.get?.()?.waitUntil?.(done);
}
