import type { PublicCtx } from "@/lib/context";
import { describeError, log } from "@/lib/log";
import { purge } from "./purge";

const HOUR_MS = 60 * 60 * 1000;

/** Purges every hour, at a minute of its own, for as long as the process lives. */
export function keepHouse(ctx: PublicCtx): void {
  const clean = () =>
    purge(ctx).then(
      ({ purged }) => log.info({ purged }, "Removed what is kept for a time only."),
      (error: unknown) => log.error(describeError(error), "The purge failed; it is tried again in an hour."),
    );
  setTimeout(() => {
    clean();
    setInterval(clean, HOUR_MS).unref();
  }, Math.random() * HOUR_MS).unref();
}
