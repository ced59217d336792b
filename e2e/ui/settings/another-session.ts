import { uuidv7 } from "@/lib/uuid";
import { query } from "../../support/database";

/** Another device of the same person. */
export async function insertSession(databaseUrl: string, { id: userId }: { id: string }): Promise<string> {
  const id = uuidv7();
  await query(
    databaseUrl,
    `insert into sessions (id, user_id, kind, method, device, idle_expires_at, absolute_expires_at)
     values ($1, $2, 'web', 'password', 'Firefox on Linux', now() + interval '7 days', now() + interval '30 days')`,
    [id, userId],
  );
  return id;
}
