import { randomUUID } from "node:crypto";
import pg from "pg";
import { query } from "../support/database";

type Row = Record<string, unknown>;

/** What a database holds: the rows of every table. */
export type Contents = Map<string, Row[]>;

const ROWS = 3;

/** Values for columns that may be null or have a default; a column that a version does not have is left out. */
const SAMPLES: Record<string, Row[]> = {
  users: [{ name: "Ada" }, { name: "Grace", is_active: false }],
  spaces: [{ seq: 7, live_count: 2, trashed_count: 1 }],
  tasks: [
    {
      description: "2 l\nof milk",
      due_datetime: "2026-03-01T00:00:00Z",
      due_all_day: true,
      priority: 1,
      is_sorted: true,
    },
    { is_completed: true, completed_at: "2026-02-03T04:05:06.789Z", version: 3 },
    { deleted_at: "2026-02-03T04:05:06.789Z", version: 2 },
  ],
  changes: [
    { op: "create", after: '{"title": "a"}' },
    { op: "update", before: '{"title": "a"}', after: '{"title": "b"}' },
    { op: "delete", before: '{"title": "b"}' },
  ],
  sessions: [
    { kind: "web", idle_expires_at: "2026-01-03T00:00:00Z" },
    {
      kind: "api",
      idle_expires_at: "2026-01-03T00:00:00Z",
      revoked_at: "2026-01-02T05:00:00Z",
      revoke_reason: "x",
    },
    {
      kind: "api",
      idle_expires_at: "2026-01-03T00:00:00Z",
      generation: 4,
      rotated_at: "2026-01-02T05:00:00Z",
    },
  ].map((row) => ({ ...row, absolute_expires_at: "2026-02-01T00:00:00Z" })),
  mail_links: [{ purpose: "verify_email" }, { purpose: "reset_password" }, { purpose: "verify_email" }],
};

type Column = { table: string; name: string; type: string; is_required: boolean };
type Reference = { table: string; columns: string[]; target: string; target_columns: string[] };

const COLUMNS = `
select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type,
  a.attnotnull and not a.atthasdef and a.attidentity = '' as is_required
from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped`;

const REFERENCES = `
select conrelid::regclass::text as table, confrelid::regclass::text as target,
  (select array_agg(attname::text order by k) from unnest(conkey) with ordinality as keys(number, k)
   join pg_attribute on attrelid = conrelid and attnum = number) as columns,
  (select array_agg(attname::text order by k) from unnest(confkey) with ordinality as keys(number, k)
   join pg_attribute on attrelid = confrelid and attnum = number) as target_columns
from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid`;

/** Adds a few rows to every table that this version of the database has, whatever the version. */
export async function fill(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: columns } = await client.query<Column>(COLUMNS);
  const { rows: references } = await client.query<Reference>(REFERENCES);
  const added: Contents = new Map();
  for (const table of parentsFirst(new Set(columns.map((column) => column.table)), references)) {
    const own = columns.filter((column) => column.table === table);
    const parents = references.filter((reference) => reference.table === table);
    for (let index = 0; index < ROWS; index += 1) {
      const row = rowFor(table, own, parents, added, index);
      added.set(table, [...(added.get(table) ?? []), await insert(client, table, row)]);
    }
  }
  await client.end();
}

export async function contentsOf(url: string): Promise<Contents> {
  const columns = await query<Column>(url, COLUMNS);
  const contents: Contents = new Map();
  for (const table of new Set(columns.map((column) => column.table))) {
    const rows = await query<{ row: Row }>(url, `select to_jsonb(t) as row from "${table}" t`);
    contents.set(
      table,
      rows.map(({ row }) => row),
    );
  }
  return contents;
}

/** The tables whose rows differ, looking only at the tables and columns that both have. */
export function differences(before: Contents, after: Contents): string[] {
  return [...before.keys()].filter((table) => {
    const [old, young] = [before.get(table) ?? [], after.get(table)];
    if (!young) return false;
    const shared = Object.keys(old[0] ?? {}).filter((column) => !young[0] || column in young[0]);
    return print(old, shared) !== print(young, shared);
  });
}

const print = (rows: Row[], columns: string[]) =>
  rows
    .map((row) => JSON.stringify(columns.map((column) => row[column])))
    .sort()
    .join("\n");

function parentsFirst(tables: Set<string>, references: Reference[]): string[] {
  const isFree = (table: string) =>
    !references.some((reference) => reference.table === table && tables.has(reference.target));
  const free = [...tables].filter(isFree);
  if (!free.length) return [...tables];
  const rest = new Set([...tables].filter((table) => !free.includes(table)));
  return rest.size ? [...free, ...parentsFirst(rest, references)] : free;
}

function rowFor(table: string, columns: Column[], parents: Reference[], added: Contents, index: number): Row {
  const sample = SAMPLES[table]?.[index] ?? {};
  const row: Row = {};
  for (const { name, type, is_required } of columns)
    if (name in sample) row[name] = sample[name];
    else if (is_required) row[name] = sampleOf(type);
  for (const { columns: from, target, target_columns } of parents)
    for (const [position, name] of from.entries())
      row[name] = added.get(target)?.[index]?.[target_columns[position] ?? ""];
  return row;
}

function sampleOf(type: string): unknown {
  if (type === "uuid" || type === "text") return randomUUID();
  if (/int|numeric|double/.test(type)) return 1;
  if (/^(timestamp|date)/.test(type)) return "2026-01-02T03:04:05.678Z";
  if (type === "boolean") return false;
  if (/^jsonb?$/.test(type)) return "{}";
  if (type === "bytea") return Buffer.from(randomUUID());
  if (type.endsWith("[]")) return "{}";
  throw new Error(`No sample value for the type ${type}: add one here.`);
}

async function insert(client: pg.Client, table: string, row: Row): Promise<Row> {
  const names = Object.keys(row).map((name) => `"${name}"`);
  const places = names.map((_, index) => `$${index + 1}`);
  const { rows } = await client.query<Row>(
    `insert into "${table}" (${names.join(", ")}) values (${places.join(", ")}) returning *`,
    Object.values(row),
  );
  return rows[0] ?? {};
}
