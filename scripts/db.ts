import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { dump } from "@/lib/db/dump";
import { type MigrationStatus, migrate, rollback, status } from "@/lib/db/migrate";
import { wayBackFile } from "@/lib/db/migrations/files";
import { restore } from "@/lib/db/restore";
import { readDatabaseEnv } from "./launch/database-env";
import { createProgress } from "./launch/progress";

const USAGE = `Usage:
  npm run db:migrate                          apply what is not applied yet
  npm run db:status                           what is applied, what is not, what is wrong
  npm run db:rollback -- [COUNT | --to NAME] [--yes]
                                              undo the newest one, the newest COUNT, or all after NAME
  npm run db:dump -- FILE                     write everything that the database holds into a new file
  npm run db:restore -- FILE                  fill an empty database with it
  npm run db:generate -- --name NAME [--custom]
                                              write the migration that the Drizzle schema needs, or an empty one`;

const DIRECTORY = "drizzle";

const commands: Record<string, (rest: string[]) => Promise<void>> = {
  migrate: () => withDatabase(runMigrate),
  status: () => withDatabase(runStatus),
  rollback: runRollback,
  dump: (rest) => withFile(rest, runDump),
  restore: (rest) => withFile(rest, runRestore),
  generate: async (rest) => runGenerate(rest),
};

const [command = "", ...rest] = process.argv.slice(2);
try {
  await (commands[command] ?? explain)(rest);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function explain(): Promise<void> {
  console.error(USAGE);
  process.exitCode = 1;
}

async function withDatabase(work: (url: string) => Promise<void>): Promise<void> {
  const { url } = readDatabaseEnv(process.env);
  if (url) return work(url);
  const { openEmbedded } = await import("@/lib/db/embedded");
  const server = await openEmbedded({ log: console.log });
  try {
    await work(server.url);
  } finally {
    await server.close();
  }
}

async function runMigrate(url: string): Promise<void> {
  const { timeouts } = readDatabaseEnv(process.env);
  const { applied } = await migrate(url, { log: console.log, timeouts });
  if (!applied.length) console.log("The database is up to date.");
}

async function runStatus(url: string): Promise<void> {
  const state = await status(url);
  console.log(statusTable(state));
  for (const problem of state.problems) console.error(`\n${problem}`);
  if (state.problems.length) process.exitCode = 1;
}

function statusTable({ applied, pending }: MigrationStatus): string {
  const rows = [
    ["migration", "applied", "by version"],
    ...applied.map(({ name, appliedAt, appVersion }) => [name, appliedAt.toISOString(), appVersion]),
    ...pending.map((name) => [name, "pending", ""]),
  ];
  const width = Math.max(...rows.map(([name = ""]) => name.length));
  return rows
    .map(([name = "", when = "", version = ""]) =>
      `${name.padEnd(width)}  ${when.padEnd(24)}  ${version}`.trimEnd(),
    )
    .join("\n");
}

async function runRollback(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { to: { type: "string" }, yes: { type: "boolean", short: "y" } },
  });
  const count = Number(positionals[0] ?? 1);
  const isClear = positionals.length <= (values.to === undefined ? 1 : 0);
  if (!isClear || !Number.isInteger(count) || count < 1) return explain();
  const confirm = values.yes ? undefined : ask;
  await withDatabase(async (url) => {
    const { undone } = await rollback(url, { count, to: values.to, confirm, log: console.log });
    if (!undone.length) console.log("Nothing was undone.");
  });
}

async function ask(names: string[]): Promise<boolean> {
  console.log(
    `This undoes, newest first, and deletes the data that only they hold:\n  ${names.join("\n  ")}`,
  );
  if (!process.stdin.isTTY) throw new Error("There is nobody to ask: add --yes to do it.");
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question("Undo? [y/N] ");
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** The file is where the person is, whom npm has taken to the project's folder. */
function withFile([file, ...rest]: string[], work: (url: string, file: string) => Promise<void>) {
  if (!file || rest.length) return explain();
  return withDatabase((url) => work(url, resolve(process.env.INIT_CWD ?? "", file)));
}

async function runDump(url: string, file: string): Promise<void> {
  const { line, step } = createProgress();
  await dump(url, file, { log: line, step });
  line(`Everything is in ${file}. It holds the hashes of passwords: keep it where nobody else can read it.`);
}

async function runRestore(url: string, file: string): Promise<void> {
  const { line, step } = createProgress();
  const { timeouts } = readDatabaseEnv(process.env);
  const { createdAt } = await restore(url, file, { log: line, step, timeouts });
  line(`The database is as it was on ${createdAt}.`);
}

function runGenerate(args: string[]): void {
  if (!args.some((argument) => argument.startsWith("--name")))
    throw new Error(`A migration needs a name.\n${USAGE}`);
  const kit = join("node_modules", "drizzle-kit", "bin.cjs");
  const child = spawnSync(process.execPath, [kit, "generate", ...args], { stdio: "inherit" });
  if (child.status !== 0) throw new Error("drizzle-kit failed; see above.");
  const files = readdirSync(DIRECTORY).filter((file) => file.endsWith(".sql"));
  const names = files.filter((file) => !file.endsWith(".down.sql")).map((file) => basename(file, ".sql"));
  for (const name of names.filter((name) => !files.includes(wayBackFile(name)))) {
    const path = join(DIRECTORY, wayBackFile(name));
    writeFileSync(path, `-- Write here the SQL that undoes ${name}.sql and keeps what other tables hold.\n`);
    console.log(`Review ${join(DIRECTORY, name)}.sql and write its way back in ${path}.`);
  }
}
