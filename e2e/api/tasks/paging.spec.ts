import fc from "fast-check";
import { PRIORITIES } from "@/lib/db/schema/columns";
import { expect, test, type User } from "../../fixtures";
import { query } from "../../support/database";

const SORTS = ["created_at", "updated_at", "due_datetime", "priority", "title", "position"] as const;

type Sort = (typeof SORTS)[number];

const ROWS = 60;
const WRITES = 40;

/** Many of them have the same key: every third may be touched by writers in any way, the others keep their keys. */
async function seed(databaseUrl: string, user: User) {
  const rows = await query<{ id: string }>(
    databaseUrl,
    `with counted as (update spaces set live_count = $2 where id = $1)
     insert into tasks (space_id, id, title, due_datetime, priority, is_sorted, position, created_at, updated_at)
     select $1, gen_random_uuid(), (array['Äpfel', 'apples', 'APPLES', 'Birnen'])[1 + n % 4],
       case when n % 5 > 1 then timestamptz '2026-03-01' + n % 4 * interval '1 day' end,
       case when n % 7 = 0 then 4 else 1 + n % 4 end, n % 7 <> 0, 'a' || n % 3,
       now() - n / 6 * interval '1 ms', now() - n / 5 * interval '1 ms'
     from generate_series(1, $2) n returning id`,
    [user.id, ROWS],
  );
  const ids = rows.map(({ id }) => id);
  return { stable: ids.filter((_, index) => index % 3), moving: ids.filter((_, index) => index % 3 === 0) };
}

const random = <T>(from: fc.Arbitrary<T>) => fc.sample(from, 1)[0] as T;

const values = {
  title: fc.constantFrom("Äpfel", "aardvark", "zebra", "Birnen"),
  description: fc.string(),
  is_completed: fc.boolean(),
  due_datetime: fc.constantFrom(null, "2026-02-01T00:00:00Z", "2026-03-02T00:00:00Z", "2026-09-01T00:00:00Z"),
  priority: fc.constantFrom(...PRIORITIES),
  position: fc.constantFrom("Zz", "a0", "a1", "a1V", "a9"),
};

/** What a patch may hold without touching the sort's key; every patch touches updated_at. */
const BESIDE: Record<Sort, (keyof typeof values)[]> = {
  created_at: ["title", "description", "is_completed", "due_datetime", "priority", "position"],
  updated_at: [],
  due_datetime: ["title", "description", "is_completed", "priority", "position"],
  priority: ["title", "description", "is_completed", "due_datetime", "position"],
  title: ["description", "is_completed", "due_datetime", "priority", "position"],
  position: ["title", "description", "is_completed", "due_datetime"],
};

const anything = fc.record(values, { requiredKeys: [] });
const beside = (sort: Sort) =>
  fc.record(Object.fromEntries(BESIDE[sort].map((name) => [name, values[name]])), { requiredKeys: [] });

/** Goes on until the pages are read, and for at most so many writes that an ascending list comes to an end. */
async function write(
  user: User,
  sort: Sort,
  { stable, moving }: Awaited<ReturnType<typeof seed>>,
  end: AbortSignal,
) {
  let written = 0;
  for (; written < WRITES && !end.aborted; written += 1) {
    const own = random(fc.constantFrom(...moving));
    const other = random(fc.constantFrom(...stable));
    const works = [
      () => user.api("POST", "/api/v1/tasks", { body: { title: "apples", ...random(anything) } }),
      () => user.api("PATCH", `/api/v1/tasks/${own}`, { body: random(anything) }),
      () => user.api("PATCH", `/api/v1/tasks/${own}`, { body: random(anything) }),
      () => user.api("PATCH", `/api/v1/tasks/${other}`, { body: random(beside(sort)) }),
      () => user.api("DELETE", `/api/v1/tasks/${own}`),
    ];
    const { status } = await random(fc.constantFrom(...works))();
    expect([200, 201, 204, 404]).toContain(status);
  }
  return written;
}

async function readPages(user: User, search: string): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const next = cursor && `&cursor=${cursor}`;
    const { status, body } = await user.api("GET", `/api/v1/tasks?${search}${next}`);
    expect(status).toBe(200);
    seen.push(...body.data.tasks.map(({ id }) => id));
    cursor = body.data.next_cursor;
  }
  return seen;
}

test.describe("GET /api/v1/tasks: paging by cursor while others write", () => {
  for (const sort of SORTS)
    for (const order of ["asc", "desc"])
      test(`200 by ${sort} ${order}, every row whose key nobody changes is seen once`, async ({
        user,
        server,
      }) => {
        const rows = await seed(server.databaseUrl, user);
        const end = new AbortController();
        const writers = [1, 2, 3].map(() => write(user, sort, rows, end.signal));
        const search = `sort_by=${sort}&sort_order=${order}`;
        const readers = [2, 5].map((limit) => readPages(user, `${search}&limit=${limit}`));
        const lists = await Promise.all(readers);
        end.abort();
        const written = (await Promise.all(writers)).reduce((sum, count) => sum + count, 0);
        expect(written).toBeGreaterThan(10);
        const stable = new Set(rows.stable);
        for (const seen of lists)
          expect(seen.filter((id) => stable.has(id)).toSorted()).toEqual([...stable].toSorted());
      });
});
