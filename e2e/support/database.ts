import { randomBytes } from "node:crypto";
import pg from "pg";
import { isLoopback } from "@/lib/env-variables";

export const TEMPLATE = "fourfold_template";

/** The cluster of this run. Tests make and drop databases in it, so it must be on this machine. */
export function clusterUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url)
    throw new Error("TEST_DATABASE_URL is not set: run the tests through `npm test` or `npx vitest`.");
  if (!isLoopback(new URL(url).hostname))
    throw new Error("TEST_DATABASE_URL must be a database on this machine.");
  return url;
}

export function databaseUrl(name: string): string {
  const url = new URL(clusterUrl());
  url.pathname = `/${name}`;
  return url.toString();
}

export async function query<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** A database of its own for a test or a worker: a copy of the migrated template unless told otherwise. */
export async function createDatabase({ template = TEMPLATE, prefix = "t" } = {}) {
  const name = `${prefix}_${randomBytes(5).toString("hex")}`;
  await query(clusterUrl(), `create database ${name} template ${template}`);
  return {
    url: databaseUrl(name),
    drop: () => query(clusterUrl(), `drop database if exists ${name} with (force)`),
  };
}
