import { sql } from "drizzle-orm";
import type { PublicCtx } from "@/lib/context";

export const healthy = () => ({ status: "healthy" }) as const;

export async function databaseStatus({ db }: PublicCtx) {
  await db.execute(sql`select 1`);
  return { status: "database connected" } as const;
}

/** Whether a load balancer may send requests here. */
export async function readiness(ctx: PublicCtx) {
  await databaseStatus(ctx);
  return { status: "ready" } as const;
}
