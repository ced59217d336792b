import { createHash, timingSafeEqual } from "node:crypto";
import type { PublicCtx } from "@/lib/context";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { purge } from "./purge";

/** For a scheduler outside, which shows the secret that only it and this service know. */
export function purgeForScheduler(ctx: PublicCtx, authorization: string | null) {
  if (!env.CRON_SECRET) throw new AppError("not_found", "There is nothing here.");
  const isRight = timingSafeEqual(digest(authorization ?? ""), digest(`Bearer ${env.CRON_SECRET}`));
  if (!isRight) throw new AppError("unauthenticated", "The secret is wrong.");
  return purge(ctx);
}

const digest = (text: string) => createHash("sha256").update(text).digest();
