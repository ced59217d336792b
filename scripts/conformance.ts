import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { CannotStart } from "@/conformance/accounts";
import type { Rule } from "@/conformance/rule";
import { rules } from "@/conformance/rules";
import { type Outcome, type Result, runConformance } from "@/conformance/run";
import { Interrupted, Skip } from "@/conformance/verdict";

const USAGE = `Tries every rule of docs/contract.md against an instance of the API.

  npm run conformance -- --url URL --email EMAIL --password PASSWORD [--only IDS] [--json FILE]

  --url        where the instance is: http://localhost:3000
  --email      of an account there; it is made, and removed again, if it is not there and the instance lets people sign up
  --password   its password
  --only       the rules to try, by id or by section, separated by commas: TASK-03,SYNC
  --json       writes the results into this file too
  --list       names all rules and tries none

All that it makes has "conformance" in its title, and is deleted for good at the end, after Ctrl-C too. Some rules need a
second account: "+conformance" is added to the address, and that account is deleted at the end.
The exit code is 0 when no rule failed, 1 when one did, 2 when the run could not begin, 130 when it was interrupted.`;

const MARKS = { pass: "pass", fail: "FAIL", skip: "skip" };
const ECHO_MS = 1_000;

process.exitCode = await main().catch((error: unknown) => {
  if (error instanceof Interrupted) return 130;
  if (!(error instanceof CannotStart || error instanceof Skip)) throw error;
  console.error(error.message);
  return 2;
});

async function main(): Promise<number> {
  const { url, email, password, only, json, help, list } = readArguments();
  if (help) return print(USAGE);
  const chosen = choose(only);
  if (list) return print(chosen.map(({ id, rule }) => `${id.padEnd(10)} ${rule}`).join("\n"));
  if (!url || !email || !password)
    throw new CannotStart(`--url, --email and --password are needed.\n\n${USAGE}`);
  if (!/^https?:/.test(url) || !URL.canParse(url))
    throw new CannotStart(`${url} is no address like http://localhost:3000.`);
  const startedAt = new Date();
  const outcome = await runConformance({
    url,
    email,
    password,
    rules: chosen,
    signal: interruption(),
    ...reporter(chosen),
  });
  const summary = {
    passed: count(outcome, "pass"),
    failed: count(outcome, "fail"),
    skipped: count(outcome, "skip"),
  };
  for (const what of outcome.left) console.error(`Could not be removed: ${what}`);
  console.log(`\n${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped`);
  if (json) {
    const { results, isInterrupted } = outcome;
    const report = { url, started_at: startedAt, is_interrupted: isInterrupted, ...summary, rules: results };
    await writeFile(json, `${JSON.stringify(report, null, 2)}\n`);
  }
  if (outcome.isInterrupted) return 130;
  return summary.failed > 0 || outcome.left.length > 0 ? 1 : 0;
}

function readArguments() {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  try {
    const options = {
      url: text,
      email: text,
      password: text,
      only: text,
      json: text,
      help: flag,
      list: flag,
    };
    return parseArgs({ options }).values;
  } catch (error) {
    throw new CannotStart(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function choose(only: string | undefined): Rule[] {
  if (only === undefined) return [...rules];
  const names = only.split(",").map((name) => name.trim().toUpperCase());
  const isNamed = (name: string, id: string) => id === name || id.startsWith(`${name}-`);
  const unknown = names.filter((name) => !rules.some(({ id }) => isNamed(name, id)));
  if (unknown.length > 0)
    throw new CannotStart(`There is no rule ${unknown.join(", ")}. --list names all of them.`);
  return rules.filter(({ id }) => names.some((name) => isNamed(name, id)));
}

/** Ctrl-C may come twice at once, from the terminal and from npm; who means it a second time waits a little. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  let firstAt = 0;
  const stop = () => {
    if (controller.signal.aborted && Date.now() - firstAt > ECHO_MS) process.exit(130);
    if (controller.signal.aborted) return;
    firstAt = Date.now();
    controller.abort();
    console.error("\nCleaning up. Once more ends at once.");
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  return controller.signal;
}

function reporter(chosen: Rule[]) {
  const { isTTY } = process.stdout;
  const show = (text: string) => isTTY && process.stdout.write(`\r\x1b[2K${text}`);
  return {
    begin: ({ id, rule }: Rule, index: number) => show(`${index + 1}/${chosen.length}  ${id}  ${rule}`),
    notice: (text: string) => (isTTY ? show(text) : console.error(text)),
    end: ({ id, rule, result, reason }: Result) => {
      show("");
      console.log(`${MARKS[result]}  ${id.padEnd(9)} ${rule}${reason ? `\n      ${reason}` : ""}`);
    },
  };
}

function count({ results }: Outcome, wanted: Result["result"]): number {
  return results.filter(({ result }) => result === wanted).length;
}

function print(text: string): number {
  console.log(text);
  return 0;
}
