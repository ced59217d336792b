import { getTableColumns, is, SQL } from "drizzle-orm";
import { type AnyPgColumn, getTableConfig, IndexedColumn, PgDialect, PgTable } from "drizzle-orm/pg-core";
import * as schema from "./schema";
import { PRIORITIES } from "./schema/columns";

type Config = ReturnType<typeof getTableConfig>;

const of = <T extends PgTable>(table: T, columns: { [C in keyof T["$inferSelect"]]?: string }) =>
  [table, new Map(Object.entries<string | undefined>(columns))] as const;

/** Only for columns whose name does not say it. */
const MEANINGS = new Map<PgTable, ReadonlyMap<string, string | undefined>>([
  of(schema.changes, {
    seq: "counts the writes of the space without a gap",
    groupId: "one for all the changes of one request; what undo undoes",
    entity: "the kind of thing that was written",
    entityId: "its id",
    version: "its version after the write",
    before: "the row before the write; null for a create",
    after: "the row after it",
    actorId: "the user who wrote",
    sessionId: "and the session it was done in",
  }),
  of(schema.idempotencyKeys, {
    key: "what the client sent as Idempotency-Key",
    fingerprint: "of the endpoint and the body: the same key with another is refused",
    row: "what the first answer was made of",
    groupId: "the changes of the first request; null when it changed nothing",
  }),
  of(schema.spaces, {
    id: "the id of the user whose board it is",
    seq: "the number of the newest change; the next write takes the next one",
    liveCount: "tasks outside the trash",
    trashedCount: "tasks in the trash",
  }),
  of(schema.tasks, {
    dueAllDay: "only the date counts; the time is 00:00 UTC and no time zone shifts it",
    priority: PRIORITIES.map((name, index) => `${index + 1} ${name}`).join(", "),
    isSorted: "whether a person has chosen the priority yet",
    position: "order inside a quadrant; compared byte by byte",
    deletedAt: "when it went to the trash; null outside it",
    version: "goes up by one with every write; the ETag",
    search: "what a search looks in: title and description, lower case and without accents",
  }),
]);

/** docs/data-model.md */
export function dataModelPage(): string {
  const tables = Object.values(schema).flatMap((value: unknown) => (is(value, PgTable) ? [value] : []));
  const configs = tables.map(getTableConfig);
  return `# Data model

This file is printed from \`lib/db/schema\` by \`npm run docs\`.

\`\`\`mermaid
erDiagram
${[...configs.flatMap(relations), ...configs.map(entity)].join("\n")}
\`\`\`
${tables.map(section).join("")}`;
}

function relations({ name, foreignKeys, columns }: Config): string[] {
  return foreignKeys.map((key) => {
    const { columns: from, foreignTable } = key.reference();
    const parent = from.some((column) => !column.notNull) ? "|o" : "||";
    const isOnlyChild = columns.some((column) => from.length === 1 && column === from[0] && column.primary);
    return `  ${getTableConfig(foreignTable).name} ${parent}--${isOnlyChild ? "o|" : "o{"} ${name} : "${names(from)}"`;
  });
}

function entity(config: Config): string {
  const foreign = new Set(
    config.foreignKeys.flatMap((key) => key.reference().columns.map(({ name }) => name)),
  );
  const lines = config.columns.map((column) => {
    const keys = [
      primaryColumns(config).includes(column.name) ? ["PK"] : [],
      foreign.has(column.name) ? ["FK"] : [],
    ].flat();
    return `    ${[sqlType(column).replace(/ .*/, ""), column.name, keys.join(", ")].join(" ").trimEnd()}`;
  });
  return `  ${config.name} {\n${lines.join("\n")}\n  }`;
}

function section(table: PgTable): string {
  const config = getTableConfig(table);
  const rows = Object.entries(getTableColumns(table)).map(([property, column]) => {
    const meaning = MEANINGS.get(table)?.get(property) ?? "";
    return `| \`${column.name}\` | ${sqlType(column)} | ${column.notNull ? "" : "yes"} | ${code(defaultOf(column))} | ${meaning} |`;
  });
  return `
## ${config.name}

| column | type | null | default | meaning |
|---|---|---|---|---|
${rows.join("\n")}

${[...keys(config), ...checks(config), ...indexes(config)].map((line) => `- ${line}`).join("\n")}
`;
}

function keys(config: Config): string[] {
  const uniques = [
    ...config.columns.filter((column) => column.isUnique).map(({ name }) => name),
    ...config.uniqueConstraints.map(({ columns }) => names(columns)),
  ];
  const foreign = config.foreignKeys.map((key) => {
    const { columns, foreignTable, foreignColumns } = key.reference();
    const target = `${getTableConfig(foreignTable).name} (${names(foreignColumns)})`;
    const action = key.onDelete && key.onDelete !== "no action" ? `, on delete ${key.onDelete}` : "";
    return `foreign key (${names(columns)}) to ${target}${action}`;
  });
  return [
    `primary key (${primaryColumns(config).join(", ")})`,
    ...uniques.map((columns) => `unique (${columns})`),
    ...foreign,
  ];
}

function checks(config: Config): string[] {
  return config.checks.map((check) => `check ${code(sqlText(check.value))}`);
}

function indexes({ indexes }: Config): string[] {
  return indexes.map(({ config }) => {
    const on = config.columns.flatMap((part) =>
      is(part, SQL) ? sqlText(part) : is(part, IndexedColumn) ? indexedColumn(part) : [],
    );
    const where = config.where ? ` where ${code(sqlText(config.where))}` : "";
    const method = config.method && config.method !== "btree" ? ` (${config.method})` : "";
    return `${config.unique ? "unique " : ""}index \`${config.name}\`${method} on ${code(on.join(", "))}${where}`;
  });
}

function indexedColumn({ name, indexConfig: { order, nulls, opClass } }: IndexedColumn): string {
  const direction = order === "desc" ? `desc nulls ${nulls}` : "";
  return [name, opClass, direction].filter(Boolean).join(" ");
}

const primaryColumns = ({ columns, primaryKeys }: Config): string[] => [
  ...columns.filter((column) => column.primary).map(({ name }) => name),
  ...primaryKeys.flatMap((key) => key.columns.map(({ name }) => name)),
];

const names = (columns: readonly { name: string }[]) => columns.map(({ name }) => name).join(", ");

const code = (text: string) => (text ? `\`${text.replaceAll("|", "\\|")}\`` : "");

const sqlType = (column: AnyPgColumn) =>
  column
    .getSQLType()
    .replace(/^timestamp( \(\d\))? with time zone$/, (_, precision = "") => `timestamptz${precision.trim()}`);

/** The text as PostgreSQL takes it, without the table's name and the quotes. */
const sqlText = (value: SQL) => new PgDialect().sqlToQuery(value, "indexes").sql.replaceAll('"', "");

function defaultOf({ default: value, generated }: AnyPgColumn): string {
  if (generated) return is(generated.as, SQL) ? `generated as ${sqlText(generated.as)}` : "generated";
  if (value === undefined) return "";
  return is(value, SQL) ? sqlText(value) : JSON.stringify(value);
}
