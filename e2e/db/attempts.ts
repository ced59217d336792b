import { type Charge, charge } from "@/lib/auth/throttle";
import { connect } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { createDatabase, query } from "../support/database";

type Row = { key: string; attempts: number; lasts_s: number };

type Outcome = "in" | AppError;

/** Attempts that are counted on a database of their own, over twenty connections. */
export async function openAttempts() {
  const home = await createDatabase();
  const database = connect({
    url: home.url,
    poolMax: 20,
    connectTimeoutMs: 5_000,
    statementTimeoutMs: 10_000,
  });
  const ctx = { db: database.db };

  const attempt = (charges: readonly Charge[]) => outcomeOf(charge(ctx, charges));

  /** How many of so many at the same time are let in. */
  async function passing(count: number, charges: (index: number) => Charge[]): Promise<number> {
    const all = Array.from({ length: count }, (_, index) => attempt(charges(index)));
    return (await Promise.all(all)).filter((outcome) => outcome === "in").length;
  }

  /** One after the other: "in", or the seconds to wait. */
  async function inTurn(count: number, charges: (index: number) => Charge[]) {
    const outcomes: (number | "in" | undefined)[] = [];
    for (let index = 0; index < count; index += 1) {
      const outcome = await attempt(charges(index));
      outcomes.push(outcome === "in" ? outcome : outcome.extras.retryAfterSeconds);
    }
    return outcomes;
  }

  return {
    ctx,
    attempt,
    passing,
    inTurn,
    ask: (text: string, values?: unknown[]) => query(home.url, text, values),
    rows: () =>
      query<Row>(
        home.url,
        "select key, attempts, extract(epoch from ends_at - started_at)::int as lasts_s from throttles order by key",
      ),
    age: (seconds: number) =>
      query(
        home.url,
        `update throttles set started_at = started_at - make_interval(secs => $1),
          last_at = last_at - make_interval(secs => $1), ends_at = ends_at - make_interval(secs => $1)`,
        [seconds],
      ),
    close: async () => {
      await database.close();
      await home.drop();
    },
  };
}

const outcomeOf = (charged: Promise<void>): Promise<Outcome> =>
  charged.then(
    () => "in",
    (thrown: unknown) => {
      if (thrown instanceof AppError) return thrown;
      throw thrown;
    },
  );
