import { uuidv7 } from "@/lib/uuid";
import { query } from "./database";

/** A user with a space and a session that has no password to it. */
export async function insertPerson(databaseUrl: string, kind: "web" | "api") {
  const [id, sessionId] = [uuidv7(), uuidv7()];
  const email = `${id}@example.org`;
  await query(
    databaseUrl,
    `with person as (insert into users (id, email, name) values ($1, $2, 'Ada') returning id),
     space as (insert into spaces (id, owner_id) select id, id from person)
     insert into sessions (id, user_id, kind, method, device, idle_expires_at, absolute_expires_at)
     select $3, id, $4, 'password', 'Unknown program', now() + interval '7 days', now() + interval '30 days'
     from person`,
    [id, email, sessionId, kind],
  );
  return { id, sessionId, email };
}
