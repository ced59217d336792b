import { accessFor } from "@/lib/auth/grants";
import { issueRefreshToken } from "@/lib/auth/refresh-tokens";
import { encodeSyncToken } from "@/lib/sync/token";
import type { Person } from "../api/endpoints";

export const TASKS_EACH = 100;

const TOKEN_SECONDS = 3_600;
/** What the load leaves behind: everybody's space has come this far. */
export const SEQ = 1_000_000;

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, "0");

export const personId = (number: number) => `00000000-0000-7000-8000-${hex(number, 12)}`;
export const sessionId = (number: number) => `00000000-0000-7000-8001-${hex(number, 12)}`;
export const taskId = (person: number, task: number) => `${hex(person, 8)}-0000-7000-8000-${hex(task, 12)}`;

/** Known by their number: their ids and their tasks' follow from it. */
export async function personOf(number: number): Promise<Person> {
  const [spaceId, id] = [personId(number), sessionId(number)];
  const later = new Date(Date.now() + TOKEN_SECONDS * 1000);
  const session = { id, userId: spaceId, email: `${spaceId}@example.org`, name: null, kind: "api" } as const;
  const times = { authenticatedAt: new Date(), idleExpiresAt: later, absoluteExpiresAt: later };
  const { accessToken } = await accessFor({ ...session, ...times, generation: 0 }, TOKEN_SECONDS);
  return {
    spaceId,
    token: accessToken,
    refreshToken: issueRefreshToken({ sessionId: id, generation: 0 }),
    taskIds: Array.from({ length: TASKS_EACH }, (_, task) => taskId(number, task)),
    syncToken: encodeSyncToken(spaceId, { seq: SEQ, after: null }),
    turn: 0,
  };
}
