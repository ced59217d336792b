import { sql } from "drizzle-orm";
import type { PublicCtx } from "@/lib/context";
import { spaces, users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { uuidv7 } from "@/lib/uuid";

export type User = { id: string; email: string; name: string | null };

/** A person with a space of the same id, made together or not at all. */
export async function createUser({ db }: PublicCtx, { email, name }: Omit<User, "id">): Promise<User> {
  const { rows } = await db.execute<User>(sql`
    with person as (
      insert into ${users} (id, email, name) values (${uuidv7()}::uuid, ${email}, ${name})
      on conflict (lower(email)) do nothing returning id, email, name),
    space as (insert into ${spaces} (id, owner_id) select id, id from person)
    select id, email, name from person`);
  if (!rows[0]) throw new AppError("conflict", "There is an account with this e-mail address already.");
  return rows[0];
}

export async function findUserByEmail({ db }: PublicCtx, email: string): Promise<User> {
  const { rows } = await db.execute<User>(
    sql`select id, email, name from ${users} where lower(email) = lower(${email})`,
  );
  if (!rows[0]) throw new AppError("not_found", "There is no account with this e-mail address.");
  return rows[0];
}
