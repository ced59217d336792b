import { signAccessToken } from "@/lib/auth/tokens";
import { SCOPES, type Scope } from "@/lib/scopes";
import { insertPerson } from "./support/person";

export type Person = { id: string; sessionId: string; email: string; token: string };

/** A user with a space and a session that has no password to it, and a token of that session. */
export async function createPerson(databaseUrl: string, scopes: readonly Scope[] = SCOPES): Promise<Person> {
  const person = await insertPerson(databaseUrl, "api");
  const { id: userId, sessionId, email } = person;
  const authenticatedAt = new Date();
  const token = await signAccessToken({ userId, email, name: "Ada", sessionId, scopes, authenticatedAt });
  return { ...person, token };
}
