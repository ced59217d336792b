import { sql } from "drizzle-orm";
import type { PublicCtx } from "@/lib/context";
import { isLeaving } from "@/lib/draining";
import { AppError } from "@/lib/errors";

export const healthy = () => ({ status: "healthy" }) as const;

export async function databaseStatus({ db }: PublicCtx) {
  await db.execute(sql`select 1`);
  return { status: "database connected" } as const;
}

/** Whether a load balancer may send requests here. */
export async function readiness(ctx: PublicCtx) {
  if (isLeaving()) throw new AppError("unavailable", "This process is about to end.");
  await databaseStatus(ctx);
  return { status: "ready" } as const;
}
