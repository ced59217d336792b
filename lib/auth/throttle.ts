import { type SQL, sql } from "drizzle-orm";
import type { PublicCtx } from "@/lib/context";
import { throttles } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";

/** One count that an attempt adds to, for a window that begins with the first. */
export type Charge = {
  key: string;
  /** Attempts of a window that nothing holds up. */
  limit: number;
  windowSeconds: number;
  /** With it the limit shuts nobody out: more is possible 1, 2, 4 … seconds after the last, at most this many. */
  longestDelaySeconds?: number;
  /** What becomes of it when the attempt was rightful. */
  onSuccess?: "forget" | "give back";
  /** Named in the answer, whichever count was at its limit: what is told of an account must not differ. */
  policy?: string;
};

/** Until an attempt is possible, which it is at 0 and below; t is what has been counted, a what the charge asks. */
const WAIT_SECONDS = sql`case
  when t.attempts < a.quota then 0
  when a.longest_delay_s is null then extract(epoch from t.ends_at - now())
  else extract(epoch from t.last_at - now()) + least(a.longest_delay_s, 2.0 ^ least(t.attempts - a.quota, 20))
end`;

/**
 * Counts an attempt before it is made, or throws `rate_limited`. The rows decide among attempts at the same time, which
 * therefore cannot pass together. What is refused counts nowhere, so that nobody makes a delay longer by insisting. Not
 * for a transaction, whose failure would undo the count.
 */
export async function charge({ db }: PublicCtx, charges: readonly Charge[]): Promise<void> {
  const { rows } = await db.execute<{ wait_s: number }>(chargeStatement(charges));
  if (rows.length === 0) return;
  const longestWaitSeconds = Math.max(...rows.map((row) => row.wait_s));
  const shown = charges.find(({ policy }) => policy !== undefined);
  throw new AppError("rate_limited", "Too many attempts: wait a little.", {
    retryAfterSeconds: longestWaitSeconds,
    ...(shown?.policy && {
      rateLimit: { policy: shown.policy, quota: shown.limit, windowSeconds: shown.windowSeconds },
    }),
  });
}

/** Takes the rows in the order of their keys, as `refund` does: two that did it differently would wait for each other. */
function chargeStatement(charges: readonly Charge[]): SQL {
  const column = <T>(of: (charge: Charge) => T) => sql.param(charges.map(of));
  return sql`
with asked as materialized (
  select * from unnest(
    ${column(({ key }) => key)}::text[],
    ${column(({ limit }) => limit)}::int[],
    ${column(({ windowSeconds }) => windowSeconds)}::int[],
    ${column(({ longestDelaySeconds }) => longestDelaySeconds ?? null)}::int[]
  ) as a (key, quota, window_s, longest_delay_s)
), known as materialized (
  select a.key, ${WAIT_SECONDS} as wait_s from asked a join ${throttles} t on t.key = a.key
), charged as (
  insert into ${throttles} as t (key, attempts, started_at, last_at, ends_at)
  select key, 1, now(), now(), now() + make_interval(secs => window_s)
  from asked
  where not exists (select from known where wait_s > 0)
  order by key
  on conflict (key) do update set
    attempts = case when t.ends_at <= now() then 1 else t.attempts + 1 end,
    started_at = case when t.ends_at <= now() then now() else t.started_at end,
    ends_at = case when t.ends_at <= now() then excluded.ends_at else t.ends_at end,
    last_at = now()
  where (select ${WAIT_SECONDS} from asked a where a.key = t.key) <= 0
  returning key
)
select greatest(known.wait_s, 1)::float8 as wait_s
from asked left join known using (key)
where not exists (select from charged where charged.key = asked.key)`;
}

/** After a rightful attempt. */
export async function refund({ db }: PublicCtx, charges: readonly Charge[]): Promise<void> {
  const keysOf = (what: Charge["onSuccess"]) =>
    sql.param(charges.filter(({ onSuccess }) => onSuccess === what).map(({ key }) => key));
  await db.execute(sql`
with held as materialized (
  select key from ${throttles}
  where key = any(${keysOf("forget")}::text[]) or key = any(${keysOf("give back")}::text[])
  order by key
  for update
), forgotten as (
  delete from ${throttles} t using held where t.key = held.key and t.key = any(${keysOf("forget")}::text[])
)
update ${throttles} t set attempts = greatest(t.attempts - 1, 0)
from held where t.key = held.key and t.key = any(${keysOf("give back")}::text[])`);
}
