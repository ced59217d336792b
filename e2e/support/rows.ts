import { query } from "./database";

/** Everything that the database holds in a person's space, and the space itself. */
export async function rowsOf(databaseUrl: string, spaceId: string): Promise<Record<string, unknown>> {
  const tables = await query<{ name: string }>(
    databaseUrl,
    `select table_name as name from information_schema.columns
     where column_name = 'space_id' and table_schema = 'public' order by 1`,
  );
  const parts = tables.map(
    ({ name }) => `select '${name}' as name, to_jsonb(t) as row from "${name}" t where space_id = $1`,
  );
  const rows = await query<{ name: string; row: unknown }>(
    databaseUrl,
    `${parts.join(" union all ")} union all select 'spaces', to_jsonb(s) from spaces s where id = $1 order by 1, 2`,
    [spaceId],
  );
  return { tables: tables.length, rows };
}

type Column = { name: string; type: string };

export const columnsOf = (databaseUrl: string, table: string): Promise<Column[]> =>
  query<Column>(
    databaseUrl,
    `select column_name as name, data_type as type from information_schema.columns
     where table_schema = 'public' and table_name = $1 order by ordinal_position`,
    [table],
  );
