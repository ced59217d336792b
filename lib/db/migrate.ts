import { type Migration, MigrationError, readMigrations, readWayBack } from "./migrations/files";
import {
  type AppliedMigration,
  addRecord,
  createRecords,
  findProblems,
  readRecords,
  removeRecord,
  unknownMigration,
} from "./migrations/records";
import { runScript } from "./migrations/run";
import { type Log, withClient, withLock } from "./migrations/session";
import { setTimeouts, type Timeouts } from "./timeouts";

export { MigrationError } from "./migrations/files";

type Options = { log?: Log; directory?: string };

type MigrateOptions = Options & {
  /** The newest migration to apply. */
  until?: string;
  /** What sessions of this role on this database begin with from now on. */
  timeouts?: Timeouts;
};

type RollbackOptions = Options & {
  /** How many of the newest to undo. */
  count?: number;
  /** The migration that becomes the newest, instead of a count. */
  to?: string;
  /** Asked with the names, newest first, before anything is undone. */
  confirm?: (names: string[]) => Promise<boolean>;
};

export type MigrationStatus = { applied: AppliedMigration[]; pending: string[]; problems: string[] };

/** Under the working directory: bundled into one file, the code does not know where it came from. */
const DIRECTORY = "drizzle";
const silent: Log = () => {};

/** Brings a database up to `until`, or to the newest migration. Several at once wait for each other. */
export async function migrate(
  url: string,
  { log = silent, directory = DIRECTORY, until, timeouts }: MigrateOptions = {},
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(directory);
  const wanted = until === undefined ? migrations : migrations.slice(0, positionOf(migrations, until) + 1);
  return withLock(url, log, async (client) => {
    await createRecords(client);
    const records = await readRecords(client);
    const problems = findProblems(migrations, records);
    if (problems.length) throw new MigrationError(problems.join("\n"));
    const pending = wanted.filter(({ name }) => !records.some((record) => record.name === name));
    for (const migration of pending) {
      const startedAt = Date.now();
      await runScript(client, migration, () => addRecord(client, migration));
      log(`Applied ${migration.name} in ${Date.now() - startedAt} ms.`);
    }
    if (timeouts) await setTimeouts(client, timeouts);
    return { applied: pending.map(({ name }) => name) };
  });
}

/** Undoes the newest migrations with their ways back, each in a transaction of its own. */
export async function rollback(
  url: string,
  { log = silent, directory = DIRECTORY, count = 1, to, confirm }: RollbackOptions = {},
): Promise<{ undone: string[] }> {
  const migrations = await readMigrations(directory);
  return withLock(url, log, async (client) => {
    const records = await readRecords(client);
    const kept = to === undefined ? Math.max(0, records.length - count) : positionOf(records, to) + 1;
    const undoing = records.slice(kept).reverse();
    const unknown = undoing.find(({ name }) => !migrations.some((migration) => migration.name === name));
    if (unknown) throw new MigrationError(unknownMigration(unknown));
    const waysBack = await Promise.all(undoing.map(({ name }) => readWayBack(directory, name)));
    const names = undoing.map(({ name }) => name);
    if (!names.length || (confirm && !(await confirm(names)))) return { undone: [] };
    for (const [index, name] of names.entries()) {
      const wayBack = waysBack[index];
      if (wayBack) await runScript(client, wayBack, () => removeRecord(client, name));
      log(`Undid ${name}.`);
    }
    return { undone: names };
  });
}

/** What is applied, what is not, and what is wrong. Changes nothing and waits for nobody. */
export async function status(
  url: string,
  { directory = DIRECTORY }: { directory?: string } = {},
): Promise<MigrationStatus> {
  const migrations = await readMigrations(directory);
  const applied = await withClient(url, readRecords);
  const names = new Set(applied.map(({ name }) => name));
  return {
    applied,
    pending: migrations.map(({ name }) => name).filter((name) => !names.has(name)),
    problems: findProblems(migrations, applied),
  };
}

function positionOf(list: readonly Pick<Migration, "name">[], name: string): number {
  const position = list.findIndex((entry) => entry.name === name);
  if (position >= 0) return position;
  throw new MigrationError(
    `There is no migration ${name}. There are: ${list.map((entry) => entry.name).join(", ")}.`,
  );
}
