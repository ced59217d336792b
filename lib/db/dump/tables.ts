import pg from "pg";
import { DumpError, type Table } from "./format";

/** What PostgreSQL itself empties after a crash (UNLOGGED) is left out, and so is what it computes (GENERATED). */
const TABLES = `
select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
from pg_class c join pg_attribute a on a.attrelid = c.oid
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p'
  and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
group by c.relname order by c.relname`;

const REFERENCES = `
select child.relname as child, parent.relname as parent
from pg_constraint k join pg_class child on child.oid = k.conrelid join pg_class parent on parent.oid = k.confrelid
where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.conrelid <> k.confrelid`;

type Reference = { child: string; parent: string };

/** The tables that are dumped, each after those that it refers to. */
export async function readTables(client: pg.Client): Promise<Table[]> {
  const { rows: tables } = await client.query<Table>(TABLES);
  const { rows: references } = await client.query<Reference>(REFERENCES);
  return parentsFirst(tables, references);
}

function parentsFirst(tables: Table[], references: Reference[]): Table[] {
  if (!tables.length) return [];
  const waits = ({ name }: Table) =>
    references.some(({ child, parent }) => child === name && tables.some((table) => table.name === parent));
  const free = tables.filter((table) => !waits(table));
  if (!free.length)
    throw new DumpError(`${tables.map(({ name }) => name).join(", ")} refer to each other in a circle.`);
  return [...free, ...parentsFirst(tables.filter(waits), references)];
}

export async function requireEmpty(client: pg.Client): Promise<void> {
  const filled: string[] = [];
  for (const { name } of await readTables(client)) {
    const { rowCount } = await client.query(`select from public.${pg.escapeIdentifier(name)} limit 1`);
    if (rowCount) filled.push(name);
  }
  if (filled.length)
    throw new DumpError(
      `The database is not empty (there are rows in ${filled.join(", ")}): restore into an empty one.`,
    );
}

/** The dumped tables are the tables that are here, column by column, in whatever order. */
export function isSame(some: Table[], others: Table[]): boolean {
  const print = (tables: Table[]) =>
    JSON.stringify(tables.map(({ name, columns }) => [name, [...columns].sort()]).sort());
  return print(some) === print(others);
}
