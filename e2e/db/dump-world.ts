import { signIn } from "@/lib/auth/sign-in";
import { createAccount } from "@/lib/auth/sign-up";
import { connect, type Database } from "@/lib/db/client";
import { completeTask, createTask, deleteTask, updateTask } from "@/lib/tasks/tasks";
import { query } from "../support/database";
import { ctxOf } from "../support/sync-client";

export const PASSWORD = "seven lamps over the harbour";

/** What a text format could stumble over. */
const NASTY = 'tab\t quote" \\N \\.\n\\.\n\r\nend \\\\ é 🙂 \u0001';

export const open = (url: string): Database =>
  connect({ url, poolMax: 2, connectTimeoutMs: 10_000, statementTimeoutMs: 20_000 });

/** Somebody with a password, a session, and tasks in every state; the last thing they did was to rename one. */
export async function settle(database: Database, email: string) {
  const { userId } = await createAccount(database, { email, password: PASSWORD, name: NASTY });
  const { refreshToken } = await signIn(database, { email, password: PASSWORD });
  const ctx = () => ctxOf(database, userId);
  const titles = ["open", "done", "gone", NASTY];
  const [open, done, gone] = await Promise.all(
    titles.map((title) => createTask(ctx(), { title, description: NASTY.repeat(50) })),
  );
  await completeTask(ctx(), done?.id ?? "", true);
  await deleteTask(ctx(), gone?.id ?? "");
  const renaming = ctx();
  await updateTask(renaming, open?.id ?? "", { title: "renamed" });
  return {
    email,
    userId,
    refreshToken,
    openId: open?.id ?? "",
    goneId: gone?.id ?? "",
    changeId: renaming.write.changeId ?? "",
  };
}

/** A line for every table that a dump holds: how many rows it has, and a sum over all of them. */
export async function printOf(url: string): Promise<string[]> {
  const tables = await query<{ name: string }>(
    url,
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p' order by 1`,
  );
  return Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await query<{ print: string }>(
        url,
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print from "${name}" t`,
      );
      return `${name} ${row?.print}`;
    }),
  );
}
