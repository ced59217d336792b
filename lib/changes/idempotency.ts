import { sqlState } from "@/lib/db/failures";
import { AppError } from "@/lib/errors";
import type { Idempotency } from "@/lib/write";

/** How long a key stands for what its request did. */
export const KEPT_HOURS = 24;

/** How long a key is waited for at least; one attempt takes as long as a lock may be waited for. */
const WAIT_MS = 5_000;

/** The wait for a lock, or the statement with it, took too long. */
const TIMEOUTS = ["55P03", "57014"];

/** As it is stored. */
export const fingerprintOf = ({ fingerprint }: Idempotency) => Buffer.from(fingerprint).toString("hex");

export function requireSameRequest(idempotency: Idempotency, kept: { fingerprint: string | null }): void {
  if (kept.fingerprint !== fingerprintOf(idempotency))
    throw new AppError("idempotency_key_reused", "This Idempotency-Key was used for another request.");
}

/** Waits for the request that came first with the same key. Only what PostgreSQL has undone is run again. */
export async function awaitTurn<T>(attempt: () => Promise<T>, hasTurn = () => false): Promise<T> {
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (hasTurn() || !TIMEOUTS.includes(sqlState(error) ?? "")) throw error;
      if (performance.now() > deadline) throw inProgress(error);
    }
  }
}

const inProgress = (cause: unknown) =>
  new AppError("idempotency_in_progress", "The first request with this Idempotency-Key is still running.", {
    retryAfterSeconds: 1,
    cause,
  });
