import { join } from "node:path";
import nextEnv from "@next/env";
import { type EmbeddedServer, openEmbedded } from "@/lib/db/embedded";
import { CannotStart } from "@/lib/db/embedded/cannot-start";
import { makeFolder } from "@/lib/db/embedded/place";
import { keepSecret } from "@/lib/db/embedded/secret";
import { migrate } from "@/lib/db/migrate";
import { build } from "./build";
import { readDatabaseEnv } from "./database-env";
import { explain } from "./explain";
import { createLifetime, type Lifetime } from "./lifetime";
import { type Next, runFront, runNext } from "./next";
import { reservePort } from "./port";
import { createProgress, type Progress } from "./progress";
import { localUrl, untilAnswering } from "./serving";

const DATA_FOLDER = ".data";

type Launch = { command: "start" | "dev"; progress: Progress; lifetime: Lifetime };

/** Runs everything that the service needs, until somebody asks for the end or a part ends by itself. */
export async function launch(command: "start" | "dev"): Promise<never> {
  const lifetime = createLifetime();
  const progress = createProgress(lifetime.signal);
  const code = await Promise.race([serve({ command, progress, lifetime }), lifetime.interrupted]).then(
    () => 0,
    (error: unknown) => {
      console.error(explain(error));
      return 1;
    },
  );
  if (code === 0) progress.line("Stopping.");
  await lifetime.end();
  if (code === 0) progress.line("Stopped.");
  process.exit(code);
}

async function serve(launch: Launch): Promise<never> {
  const { command, lifetime, progress } = launch;
  await makeFolder(DATA_FOLDER);
  const port = await reservePort(DATA_FOLDER);
  lifetime.atEnd(port.release);
  const database = process.env.DATABASE_URL ? undefined : await openDatabase(launch);
  if (database) process.env.DATABASE_URL = database.url;
  process.env.AUTH_SECRET ||= await keepSecret(join(DATA_FOLDER, "auth-secret"));
  const { env } = await import("@/lib/env");
  const { url = env.DATABASE_URL, timeouts } = readDatabaseEnv(process.env);
  await progress.step("Migrating the database", () =>
    migrate(database?.url ?? url, { log: progress.line, timeouts }),
  );
  if (command === "start") await build(progress);
  await port.free();
  const next = await startNext(launch, env.HOST, env.PORT);
  return Promise.race([
    next.ended.then(({ code }) => fail(`The server ended by itself (exit code ${code}).`)),
    ...(database ? [database.ended.then(fail)] : []),
  ]);
}

function fail(reason: string): never {
  throw new CannotStart(reason);
}

async function openDatabase({ lifetime, progress }: Launch): Promise<EmbeddedServer> {
  const opening = progress.step(
    "Starting the database",
    () => openEmbedded({ dataFolder: DATA_FOLDER, log: progress.line }),
    ({ folder }) => `Started the database of ${folder}`,
  );
  lifetime.atEnd(async () => (await opening.catch(() => undefined))?.close());
  return opening;
}

async function startNext({ command, lifetime, progress }: Launch, host: string, port: number): Promise<Next> {
  // Next itself reads .env again in development, when it changes: the variables in it must not look like the shell's.
  const { DATABASE_URL, AUTH_SECRET } = process.env;
  const isDev = command === "dev";
  const environment = isDev
    ? { ...nextEnv.initialEnv, NODE_ENV: "development" as const, DATABASE_URL, AUTH_SECRET }
    : process.env;
  const next = await progress.step("Starting the server", async () => {
    const started = isDev
      ? runNext(["dev", "-H", host, "-p", String(port)], environment, "shown")
      : runFront(environment);
    lifetime.atEnd(started.stop);
    const early = started.ended.then(({ output }) => fail(`${output}The server ended before it answered.`));
    await Promise.race([untilAnswering(host, port, lifetime.signal), early]);
    return started;
  });
  next.show();
  progress.line(`Serving on ${localUrl(host, port)} (Ctrl-C stops it).`);
  return next;
}
