import "./own-environment";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { openCluster } from "@/e2e/support/cluster";
import { createDatabase } from "@/e2e/support/database";
import type { Ctx } from "@/lib/context";
import { listTasks, type TaskListQuery } from "@/lib/tasks/list-tasks";
import { SORTS } from "@/lib/tasks/sorts";
import { findTask } from "@/lib/tasks/tasks";
import { createProgress } from "@/scripts/launch/progress";
import { fill } from "./scale/fill";
import { personId } from "./scale/people";

type Node = { "Node Type": string; "Index Name"?: string; Plans?: Node[] };
type Explained = { "QUERY PLAN": [{ Plan: Node; "Execution Time": number }] };

const ROUNDS = 7;
const SIZE = { people: 10_000, rich: 100_000 };
const PEOPLE = { "100 tasks": 1, "100,000 tasks": SIZE.people };

const cluster = await openCluster();
const { url } = await createDatabase();
const { line, step } = createProgress();
await step("Loading 1.1 million tasks", () => fill(url, SIZE, line));
const client = new pg.Client({ connectionString: url });
await client.connect();
await client.query("set statement_timeout = 0");

/** What the database did for the last statement: it is explained first, with its parameters, and then run. */
let last: Explained["QUERY PLAN"][0] | undefined;
const run = client.query.bind(client);
Object.assign(client, {
  query: async (statement: { text: string }, values: unknown[]) => {
    const { rows } = await run<Explained>(`explain (analyze, format json) ${statement.text}`, values);
    last = rows[0]?.["QUERY PLAN"][0];
    return run(statement, values);
  },
});
const db = drizzle({ client });

async function measure(work: () => Promise<unknown>) {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await work();
    times.push(last?.["Execution Time"] ?? 0);
  }
  return { ms: times.toSorted((a, b) => a - b)[(ROUNDS - 1) / 2] ?? 0, plan: last ? nodesOf(last.Plan) : "" };
}

/** The nodes that decide: how rows are found, and whether they are sorted. */
function nodesOf(node: Node): string {
  const found = new Set<string>();
  const walk = ({ "Node Type": type, "Index Name": index, Plans = [] }: Node) => {
    if (/Scan|Sort/.test(type) && type !== "Bitmap Heap Scan") found.add(index ? `${type} ${index}` : type);
    Plans.forEach(walk);
  };
  walk(node);
  return [...found].join(", ");
}

const ratio = (value: number) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));

const base = { sortBy: "created_at", sortOrder: "desc", limit: 50, count: true } as const;
const lists: Record<string, Partial<TaskListQuery>> = {
  ...Object.fromEntries(SORTS.map((sortBy) => [`list by ${sortBy}`, { sortBy, count: false }])),
  "list with its total": {},
  "list at offset 5,000": { offset: 5_000, count: false },
  "completed=false": { isCompleted: false, count: false },
  "completed=false, with its total": { isCompleted: false },
  "priority=…": { priority: "urgent_important", count: false },
  "one day's due dates, by date": {
    dueAfter: new Date("2026-05-01"),
    dueBefore: new Date("2026-05-02"),
    sortBy: "due_datetime",
    sortOrder: "asc",
  },
  "updated_since the last week": { updatedSince: new Date("2026-12-25"), count: false },
  "q of a common word": { q: "garden", count: false },
  "q of a common word, with its total": { q: "garden" },
  "q of no task": { q: "nowhere", count: false },
};

for (const [label, number] of Object.entries(PEOPLE)) {
  const spaceId = personId(number);
  const ctx: Ctx = {
    actor: { userId: spaceId, spaceId, sessionId: spaceId, authenticatedAt: new Date(), scopes: [] },
    db,
  };
  const [task] = (await listTasks(ctx, base)).tasks;
  const get = await measure(() => findTask(ctx, task?.id ?? ""));
  console.log(`\n| a person with ${label} | found by | time, get = 1 |\n|---|---|---|`);
  console.log(`| get | ${get.plan} | 1 |`);
  const print = async (name: string, query: TaskListQuery) => {
    const { ms, plan } = await measure(() => listTasks(ctx, query));
    console.log(`| ${name} | ${plan} | ${ratio(ms / get.ms)} |`);
  };
  for (const [name, query] of Object.entries(lists)) {
    await print(name, { ...base, ...query });
    if (!name.startsWith("list by")) continue;
    const half = await listTasks(ctx, {
      ...base,
      ...query,
      limit: 1,
      offset: label === "100 tasks" ? 40 : 50_000,
    });
    await print(`${name}, a cursor in the middle`, { ...base, ...query, cursor: half.nextCursor ?? "" });
  }
}
await client.end();
await cluster.close();
