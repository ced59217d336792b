import { query } from "../support/database";

const CATALOG = `
with columns as (
  select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
    || coalesce(' collate ' || nullif(co.collname, 'default'), '')
    || case when a.attnotnull then ' not null' else '' end
    || case when a.attidentity <> '' then ' identity ' || a.attidentity::text else '' end
    || coalesce(case when a.attgenerated <> '' then ' generated ' else ' default ' end || pg_get_expr(d.adbin, d.adrelid), '')
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'v', 'm')
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  left join pg_collation co on co.oid = a.attcollation
  where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
), constraints as (
  select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
  from pg_constraint where connamespace = 'public'::regnamespace and conrelid <> 0 and contype <> 'n'
), indexes as (
  select 'index ' || pg_get_indexdef(indexrelid) || case when indisvalid then '' else ' INVALID' end
  from pg_index join pg_class on pg_class.oid = indexrelid where relnamespace = 'public'::regnamespace
), triggers as (
  select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
), functions as (
  select 'function ' || pg_get_functiondef(p.oid) from pg_proc p
  where pronamespace = 'public'::regnamespace and prokind in ('f', 'p')
    and not exists (select from pg_depend where objid = p.oid and deptype = 'e')
), extensions as (
  select 'extension ' || extname from pg_extension
)
select line from (
  select * from columns union all select * from constraints union all select * from indexes
  union all select * from triggers union all select * from functions union all select * from extensions
) as all_lines(line) order by line collate "C"`;

/** Everything that migrations can make, one line each. */
export async function catalogOf(url: string): Promise<string[]> {
  const rows = await query<{ line: string }>(url, CATALOG);
  return rows.map(({ line }) => line);
}
