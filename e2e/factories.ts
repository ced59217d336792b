import { signAccessToken } from "@/lib/auth/tokens";
import { SCOPES, type Scope } from "@/lib/scopes";
import { uuidv7 } from "@/lib/uuid";
import { query } from "./support/database";

export type Person = { id: string; email: string; token: string };

/** A user with a space and a token of a session, as sign-up leaves them. */
export async function createPerson(databaseUrl: string, scopes: readonly Scope[] = SCOPES): Promise<Person> {
  const id = uuidv7();
  const email = `${id}@example.org`;
  await query(
    databaseUrl,
    `with person as (insert into users (id, email, name) values ($1, $2, 'Ada') returning id)
     insert into spaces (id, owner_id) select id, id from person`,
    [id, email],
  );
  const token = await signAccessToken({
    userId: id,
    email,
    name: "Ada",
    sessionId: uuidv7(),
    scopes,
    authenticatedAt: new Date(),
  });
  return { id, email, token };
}
