import type pg from "pg";
import packageJson from "@/package.json" with { type: "json" };
import type { Migration } from "./files";

export type AppliedMigration = {
  id: number;
  name: string;
  sha256: string;
  appliedAt: Date;
  appVersion: string;
};

/**
 * A schema of its own, because what compares the database with the Drizzle schema looks at `public`; and of a name that no
 * role has, because a schema with the name of the role comes first in its search path.
 */
export async function createRecords(client: pg.Client): Promise<void> {
  if (await hasRecords(client)) return;
  await client.query(`
    create schema if not exists migrations;
    create table migrations.applied (
      id integer primary key,
      name text not null unique,
      sha256 text not null,
      applied_at timestamptz(3) not null default now(),
      app_version text not null
    )`);
}

/** What has been applied, oldest first; nothing on a database that was never migrated. */
export async function readRecords(client: pg.Client): Promise<AppliedMigration[]> {
  if (!(await hasRecords(client))) return [];
  const { rows } = await client.query<AppliedMigration>(
    `select id, name, sha256, applied_at as "appliedAt", app_version as "appVersion"
     from migrations.applied order by id`,
  );
  return rows;
}

export async function addRecord(client: pg.Client, { id, name, sha256 }: Migration): Promise<void> {
  await client.query(
    "insert into migrations.applied (id, name, sha256, app_version) values ($1, $2, $3, $4)",
    [id, name, sha256, packageJson.version],
  );
}

export async function removeRecord(client: pg.Client, name: string): Promise<void> {
  await client.query("delete from migrations.applied where name = $1", [name]);
}

/** Where the files and the records of a database contradict each other, in sentences that say what to do. */
export function findProblems(migrations: Migration[], records: AppliedMigration[]): string[] {
  const applied = new Map(records.map((record) => [record.name, record]));
  const newest = migrations.findLastIndex(({ name }) => applied.has(name));
  const unknown = records.filter(({ name }) => !migrations.some((migration) => migration.name === name));
  const mismatched = migrations.flatMap((migration, index) => {
    const record = applied.get(migration.name);
    if (!record) return index < newest ? [lateMigration(migration, migrations[newest])] : [];
    return record.sha256 === migration.sha256 ? [] : [editedMigration(migration, record)];
  });
  return [...unknown.map(unknownMigration), ...mismatched];
}

export const unknownMigration = ({ name, appVersion }: AppliedMigration) =>
  `The database is newer than this code: it has the migration ${name} (applied by version ${appVersion}), and version ${packageJson.version} has no such file. Run the code that has it, or undo it with that code and \`npm run db:rollback\`.`;

const editedMigration = ({ file }: Migration, { appliedAt }: AppliedMigration) =>
  `${file} was edited after it was applied on ${appliedAt.toISOString()}. Put the file back as it was and write the change as a new migration; on a database of your own, \`npm run db:rollback\` and migrate again.`;

const lateMigration = ({ file, name }: Migration, newest: Migration | undefined) =>
  `${file} is not applied, but ${newest?.name}, which comes after it, is. Delete ${name} with its snapshot and its journal entry and generate it again as the newest; on a database of your own, \`npm run db:rollback\` to before it and migrate again.`;

async function hasRecords(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ table: string | null }>(
    `select to_regclass('migrations.applied') as "table"`,
  );
  return rows[0]?.table != null;
}
