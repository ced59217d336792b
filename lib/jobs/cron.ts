import type { PublicCtx } from "@/lib/context";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isSameSecret } from "@/lib/same-secret";
import { purge } from "./purge";

/** For a scheduler outside, which shows the secret that only it and this service know. */
export function purgeForScheduler(ctx: PublicCtx, authorization: string | null) {
  if (!env.CRON_SECRET) throw new AppError("not_found", "There is nothing here.");
  if (!isSameSecret(authorization ?? "", `Bearer ${env.CRON_SECRET}`))
    throw new AppError("unauthenticated", "The secret is wrong.");
  return purge(ctx);
}
