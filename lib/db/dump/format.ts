import pg from "pg";
import { z } from "zod";

/** Something that a person has to settle; its message is the whole of what they need to read. */
export class DumpError extends Error {
  override readonly name = "DumpError";
}

export const damaged = (file: string) => new DumpError(`${file} is damaged: take another one.`);

export type Table = { name: string; columns: string[] };

const FORMAT = 1;
const BEGIN = "-- Fourfold dump ";
const END = "-- Fourfold dump ends ";

const Header = z.object({
  format: z.literal(FORMAT),
  /** The newest one that the database had: it says what the tables look like. */
  migration: z.string(),
  appVersion: z.string(),
  createdAt: z.iso.datetime(),
  /** In the order in which they are loaded: what is referred to comes first. */
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()).min(1) })),
});

export type Header = z.infer<typeof Header>;

const Counts = z.record(z.string(), z.int());

/** How many rows each table has. */
export type Counts = z.infer<typeof Counts>;

/**
 * Between the first line and the last, a table is what `psql` takes too: a COPY command, its rows in PostgreSQL's text
 * format, and a line of its own that no row can be.
 */
export const END_OF_ROWS = "\\.";

export const headerLine = (header: Omit<Header, "format">) =>
  BEGIN + JSON.stringify({ format: FORMAT, ...header });

export function parseHeader(line: string, file: string): Header {
  const json = parseAfter(BEGIN, line);
  const { data: found } = z.object({ format: z.int(), appVersion: z.string() }).safeParse(json);
  if (found && found.format > FORMAT)
    throw new DumpError(
      `${file} has a newer format than this code knows: restore it with version ${found.appVersion}, which made it.`,
    );
  const { data } = Header.safeParse(json);
  if (!data) throw new DumpError(`${file} is not a dump made by \`npm run db:dump\`.`);
  return data;
}

export const endLine = (counts: Counts) => END + JSON.stringify(counts);

export function parseEnd(line: string, file: string): Counts {
  const { data } = Counts.safeParse(parseAfter(END, line));
  if (!data) throw damaged(file);
  return data;
}

export const copyLine = (table: Table) => `COPY ${target(table)} FROM stdin;`;

export const copyTo = (table: Table) => `COPY ${target(table)} TO STDOUT`;

export const copyFrom = (table: Table) => `COPY ${target(table)} FROM STDIN`;

function target({ name, columns }: Table): string {
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(", ");
  return `public.${pg.escapeIdentifier(name)} (${list})`;
}

function parseAfter(start: string, line: string): unknown {
  if (!line.startsWith(start)) return undefined;
  try {
    return JSON.parse(line.slice(start.length));
  } catch {
    return undefined;
  }
}
