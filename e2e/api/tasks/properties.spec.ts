import fc from "fast-check";
import type { z } from "zod";
import { PRIORITIES } from "@/lib/db/schema/columns";
import type { Task as TaskSchema } from "@/lib/tasks/schemas";
import { expect, test, type User } from "../../fixtures";

type Task = z.output<typeof TaskSchema>;
type Patch = Partial<
  Pick<
    Task,
    | "title"
    | "description"
    | "due_datetime"
    | "due_all_day"
    | "priority"
    | "is_sorted"
    | "position"
    | "is_completed"
  >
>;

const UNSORTED = "not_urgent_not_important";
const DAY_MS = 86_400_000;
const LIMITS = { interruptAfterTimeLimit: 45_000, markInterruptAsFailure: true };

const text = (maxLength: number) =>
  fc
    .oneof(fc.string({ unit: "grapheme", maxLength }), fc.string({ unit: "binary", maxLength }))
    .map((value) => value.replaceAll("\0", ""));

const moment = fc
  .tuple(
    fc.date({ min: new Date("0100-01-02"), max: new Date("9999-12-30"), noInvalidDate: true }),
    fc.boolean(),
  )
  .map(([date, isMidnight]) => new Date(isMidnight ? date.setUTCHours(0, 0, 0, 0) : date).toISOString());

const elsewhere = moment.map(
  (at) => `${new Date(Date.parse(at) + 5.5 * 3_600_000).toISOString().slice(0, -1)}+05:30`,
);

const digit = fc.constantFrom(..."0123456789ABCXYZabcxyz");
const position = fc
  .tuple(
    fc.constantFrom("B", "Y", "Z", "a", "b"),
    fc.array(digit, { minLength: 28, maxLength: 28 }),
    fc.boolean(),
  )
  .map(([head, digits, isWhole]) => {
    const width = head >= "a" ? head.charCodeAt(0) - 96 : 91 - head.charCodeAt(0);
    return `${head}${digits.slice(0, width).join("")}${isWhole ? "" : `${digits.slice(width).join("")}V`}`;
  });

const fields = {
  title: text(60)
    .map((title) => title.trim())
    .filter((title) => title !== ""),
  description: fc.option(text(200)),
  due_datetime: fc.option(fc.oneof(moment, elsewhere)),
  due_all_day: fc.boolean(),
  priority: fc.constantFrom(...PRIORITIES),
  is_sorted: fc.boolean(),
  position,
  is_completed: fc.boolean(),
};

const isConsistent = ({ is_sorted, priority }: Patch) =>
  is_sorted !== false || (priority ?? UNSORTED) === UNSORTED;
const patch: fc.Arbitrary<Patch> = fc.record(fields, { requiredKeys: [] }).filter(isConsistent);
const creation = fc.record(fields, { requiredKeys: ["title"] }).filter(isConsistent);

const isMidnight = (at: string | null) => at !== null && Date.parse(at) % DAY_MS === 0;

/** What the contract says that a patch makes of a task; what the server alone can know may be anything. */
function patched(task: Task, given: Patch): Record<string, unknown> | "refused" {
  const next = { ...task, ...given };
  if (given.due_datetime) next.due_datetime = new Date(given.due_datetime).toISOString();
  if (given.due_datetime !== undefined && given.due_all_day === undefined)
    next.due_all_day = task.due_all_day && isMidnight(next.due_datetime);
  if (next.due_all_day && !isMidnight(next.due_datetime)) return "refused";
  if (given.priority !== undefined) next.is_sorted = given.is_sorted ?? true;
  if (!next.is_sorted) next.priority = UNSORTED;
  next.important = next.priority === "urgent_important" || next.priority === "not_urgent_important";
  next.urgent = next.priority === "urgent_important" || next.priority === "urgent_not_important";
  if (!next.is_completed) next.completed_at = null;
  if (JSON.stringify(next) === JSON.stringify(task)) return task;
  const isMoved = next.priority !== task.priority || next.is_sorted !== task.is_sorted;
  return {
    ...next,
    ...(isMoved && given.position === undefined && { position: expect.any(String) }),
    ...(next.is_completed && !task.is_completed && { completed_at: expect.any(String) }),
    version: task.version + 1,
    updated_at: expect.any(String),
  };
}

async function make(user: User, body: object): Promise<Task | undefined> {
  const made = await user.api("POST", "/api/v1/tasks", { body });
  expect([201, 422]).toContain(made.status);
  return made.status === 201 ? made.body.data : undefined;
}

test.describe("PATCH /api/v1/tasks/{id}: properties", () => {
  test.setTimeout(60_000);

  test("200 changes the fields that were sent, what follows from them, and nothing else", async ({
    user,
  }) => {
    let refusals = 0;
    const changesThat = async (body: object, given: Patch) => {
      const task = await make(user, body);
      if (!task) return fc.pre(false);
      const expected = patched(task, given);
      const path = `/api/v1/tasks/${task.id}`;
      const answer = await user.api("PATCH", path, { body: given });
      const now = (await user.api("GET", path)).body.data;
      if (expected === "refused") {
        refusals += 1;
        expect(answer.status).toBe(422);
        return expect(now).toEqual(task);
      }
      expect(answer.status).toBe(200);
      expect(answer.body.data).toEqual(expected);
      expect(now).toEqual(answer.body.data);
      expect(Date.parse(now.updated_at)).toBeGreaterThanOrEqual(Date.parse(task.updated_at));
      if (now.is_completed && !task.is_completed) expect(now.completed_at).toBe(now.updated_at);
    };
    await fc.assert(fc.asyncProperty(creation, patch, changesThat), { ...LIMITS, numRuns: 120 });
    expect(refusals).toBeGreaterThan(0);
  });

  test("200 the values that a task has already change nothing", async ({ user }) => {
    const keepsAll = async (body: object, names: (keyof typeof fields)[]) => {
      const task = await make(user, body);
      if (!task) return fc.pre(false);
      const same = Object.fromEntries(names.map((name) => [name, task[name]]));
      // Whoever names a priority has chosen it.
      if ("priority" in same) same.is_sorted = task.is_sorted;
      const answer = await user.api("PATCH", `/api/v1/tasks/${task.id}`, { body: same });
      expect(answer.body.data).toEqual(task);
      expect(answer.headers.get("x-change-id")).toBeNull();
    };
    const names = Object.keys(fields) as (keyof typeof fields)[];
    await fc.assert(fc.asyncProperty(creation, fc.subarray(names), keepsAll), { ...LIMITS, numRuns: 120 });
  });
});

test.describe("GET /api/v1/tasks?q=: properties", () => {
  test.setTimeout(60_000);

  test("200 a task is found by the words of its title", async ({ user }) => {
    const isFound = async (title: string) => {
      const task = await make(user, { title });
      const words = title.split(/\s+/).filter((word) => word.length < 100);
      const q = encodeURIComponent(words.slice(0, 2).join(" "));
      const { body } = await user.api("GET", `/api/v1/tasks?limit=1&q=${q}`);
      expect(body.data.tasks[0]).toEqual(task);
    };
    const examples: [string][] = [["a\u2216"], ["100%"], ["a_b"], ["\\x"], ["Straße"], ["ﬁne İstanbul ΌΣΟΣ"]];
    await fc.assert(fc.asyncProperty(fields.title, isFound), { ...LIMITS, examples, numRuns: 100 });
  });
});

type Step = {
  kind: "create" | "move" | "place";
  priority?: Task["priority"];
  position: string;
  pick: number;
};

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom("create", "move", "place"),
  priority: fc.option(fc.constantFrom(...PRIORITIES), { nil: undefined }),
  position,
  pick: fc.nat(30),
});

/** The task that the step wrote, as it is then. */
async function take({ kind, priority, position, pick }: Step, user: User, ids: string[]): Promise<Task> {
  const id = ids[pick % Math.max(1, ids.length)];
  if (kind === "create" || !id) {
    const { body } = await user.api("POST", "/api/v1/tasks", { body: { title: "Task", priority } });
    ids.push(body.data.id);
    return body.data;
  }
  const move = priority ? { priority } : { is_sorted: false };
  const body = kind === "place" ? { position } : move;
  return (await user.api("PATCH", `/api/v1/tasks/${id}`, { body })).body.data;
}

const key = ({ is_sorted, priority, position, id }: Task) =>
  `${Number(is_sorted)}${PRIORITIES.indexOf(priority)}${position} ${id}`;

test.describe("position: properties", () => {
  test.setTimeout(60_000);

  test("what comes into a quadrant is on top of it, and the order is total", async ({ newUser }) => {
    const list = async (user: User, query: string) =>
      (await user.api("GET", `/api/v1/tasks?sort_by=position&sort_order=asc&${query}`)).body.data.tasks;
    const staysInOrder = async (steps: Step[]) => {
      const user = await newUser();
      const quadrants = new Map<string, string>();
      const ids: string[] = [];
      for (const given of steps) {
        const task = await take(given, user, ids);
        const quadrant = `priority=${task.priority}&sorted=${task.is_sorted}`;
        const isNew = quadrants.get(task.id) !== quadrant;
        quadrants.set(task.id, quadrant);
        if (isNew) expect((await list(user, `${quadrant}&limit=1`))[0]?.id).toBe(task.id);
      }
      const all = await list(user, "limit=100");
      expect(all.map(({ id }) => id)).toEqual(
        all.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)).map(({ id }) => id),
      );
      expect(all).toHaveLength(ids.length);
    };
    const steps = fc.array(step, { minLength: 5, maxLength: 30 });
    await fc.assert(fc.asyncProperty(steps, staysInOrder), { ...LIMITS, numRuns: 25 });
  });
});
