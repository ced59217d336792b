import { send, type Wire } from "./client";
import { createPerson, type Person } from "./person";
import type { Device } from "./rule";

const OPERATIONS = 100;
const AT_ONCE = 4;

type Traces = { wire: Wire; mark: string; me: Person; guest: Person | undefined; devices: Device[] };

/** Removes all that a run has made, for good, and says what it could not remove. */
export async function cleanUp({ wire, mark, me, guest, devices }: Traces): Promise<string[]> {
  const left: string[] = [];
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    await work().catch((error: Error) => left.push(`${what}: ${error.message}`));
  };
  await attempt("the second account", async () => guest && leave(await alive(wire, mark, guest)));
  await attempt(me.isNew ? `the account ${me.email}` : "tasks or sessions", async () => {
    const self = await alive(wire, mark, me);
    if (!self || me.isNew) return leave(self);
    await removeTasks(self, new Set([...me.made, ...self.made]), mark);
    for (const { id } of devices) await gone(self, `/auth/sessions/${id}`);
    await self.ask(200, "POST", "/auth/signout", { body: {} });
  });
  return left;
}

/** A rule, or an instance that breaks one, may have ended the session: then with another; undefined without an account. */
async function alive(wire: Wire, mark: string, person: Person): Promise<Person | undefined> {
  const { status } = await person.ask(undefined, "GET", "/auth/me");
  if (status === 200) return person;
  const { email, password, isNew } = person;
  const signedIn = await send(wire, "POST", "/auth/signin", { body: { email, password } });
  return signedIn.status === 200 ? createPerson(wire, mark, { email, password, isNew, signedIn }) : undefined;
}

async function leave(person: Person | undefined): Promise<void> {
  if (!person) return;
  const answer = await person.ask(undefined, "DELETE", "/auth/me", { body: { password: person.password } });
  if (answer.status >= 300) throw new Error(`DELETE /api/v1/auth/me was answered ${answer.status}`);
}

async function removeTasks(me: Person, ids: Set<string>, mark: string): Promise<void> {
  for (const id of await findMarked(me, `/tasks?q=${mark}&limit=100`, mark)) ids.add(id);
  const all = [...ids];
  for (let start = 0; start < all.length; start += OPERATIONS) {
    const operations = all.slice(start, start + OPERATIONS).map((id) => ({ op: "delete", id }));
    await me.ask(undefined, "POST", "/batch", { body: { operations } });
  }
  for (const id of await findMarked(me, "/trash?limit=100", mark)) ids.add(id);
  const queue = [...ids];
  const worker = async () => {
    for (let id = queue.pop(); id; id = queue.pop()) await gone(me, `/trash/${id}`);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const rest = await findMarked(me, `/tasks?q=${mark}&limit=100`, mark);
  if (rest.length > 0) throw new Error(`${rest.length} are still there: search for ${mark}`);
}

/** Ids of the run's tasks, page by page, as long as there are any on a page: in the trash the newest come first. */
async function findMarked(me: Person, path: string, mark: string): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < OPERATIONS; pages += 1) {
    const page: string = cursor === null ? path : `${path}&cursor=${cursor}`;
    const { data } = (await me.ask(undefined, "GET", page)).body;
    const ours = (data?.tasks ?? []).filter(({ title }) => title.includes(mark));
    found.push(...ours.map(({ id }) => id));
    cursor = data?.next_cursor ?? null;
    if (ours.length === 0 || cursor === null) break;
  }
  return found;
}

async function gone(me: Person, path: string): Promise<void> {
  const { status } = await me.ask(undefined, "DELETE", path);
  if (![200, 204, 404].includes(status)) throw new Error(`DELETE ${path} was answered ${status}`);
}
