import { signAccessToken } from "@/lib/auth/tokens";
import { SCOPES, type Scope } from "@/lib/scopes";
import { uuidv7 } from "@/lib/uuid";
import { query } from "./support/database";

export type Person = { id: string; sessionId: string; email: string; token: string };

/** A user with a space and a session that has no password to it, and a token of that session. */
export async function createPerson(databaseUrl: string, scopes: readonly Scope[] = SCOPES): Promise<Person> {
  const [id, sessionId] = [uuidv7(), uuidv7()];
  const email = `${id}@example.org`;
  await query(
    databaseUrl,
    `with person as (insert into users (id, email, name) values ($1, $2, 'Ada') returning id),
     space as (insert into spaces (id, owner_id) select id, id from person)
     insert into sessions (id, user_id, kind, method, device, idle_expires_at, absolute_expires_at)
     select $3, id, 'api', 'password', 'Unknown program', now() + interval '14 days', now() + interval '30 days'
     from person`,
    [id, email, sessionId],
  );
  const authenticatedAt = new Date();
  const token = await signAccessToken({ userId: id, email, name: "Ada", sessionId, scopes, authenticatedAt });
  return { id, sessionId, email, token };
}
