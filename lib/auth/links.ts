import { createHash, randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import type { PublicCtx } from "@/lib/context";
import { type LinkPurpose, mailLinks, users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";

export const LINK_SECONDS: Readonly<Record<LinkPurpose, number>> = {
  verify_email: 24 * 60 * 60,
  reset_password: 30 * 60,
};

type NewLink = { purpose: LinkPurpose; userId: string; email: string };

/** The secret of a new link, which takes the place of the user's earlier ones. It is kept nowhere. */
export async function createLink({ db }: PublicCtx, { purpose, userId, email }: NewLink): Promise<string> {
  const secret = randomBytes(32).toString("base64url");
  await db.execute(sql`
    with former as (delete from ${mailLinks} where user_id = ${userId}::uuid and purpose = ${purpose})
    insert into ${mailLinks} (secret_hash, purpose, user_id, email, expires_at)
    values (${hashOf(secret)}, ${purpose}, ${userId}::uuid, ${email},
      now() + make_interval(secs => ${LINK_SECONDS[purpose]}))`);
  return secret;
}

/** Whose link it is, once: two that use it at the same time wait for each other at its row, and one finds it gone. */
export async function useLink(
  { db }: PublicCtx,
  { purpose, secret }: { purpose: LinkPurpose; secret: string },
): Promise<{ userId: string; email: string }> {
  const { rows } = await db.execute<{ userId: string; email: string }>(sql`
    delete from ${mailLinks} as link using ${users} as person
    where link.secret_hash = ${hashOf(secret)} and link.purpose = ${purpose} and link.expires_at > now()
      and person.id = link.user_id
      and (link.purpose <> 'reset_password' or lower(person.email) = lower(link.email))
    returning link.user_id as "userId", link.email`);
  return rows[0] ?? refuse();
}

/** Without a purpose, all of the user's. */
export async function dropLinks(
  { db }: PublicCtx,
  { userId, purpose }: { userId: string; purpose?: LinkPurpose },
): Promise<void> {
  await db.execute(sql`
    delete from ${mailLinks} where user_id = ${userId}::uuid
    and purpose = coalesce(${purpose ?? null}::text, purpose)`);
}

const hashOf = (secret: string) => createHash("sha256").update(secret).digest("base64url");

function refuse(): never {
  const message = "This link was used, is too old or is not whole: ask for a new one.";
  throw new AppError("invalid", message, { errors: [{ path: "token", code: "invalid_token", message }] });
}
