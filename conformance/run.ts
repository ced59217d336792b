import { setTimeout as sleep } from "node:timers/promises";
import { CannotStart, type Credentials, createAsk, enter, enterDevice, enterGuest } from "./accounts";
import { cleanUp } from "./cleanup";
import type { Wire } from "./client";
import { type Person, word } from "./person";
import type { Device, Rule, Run } from "./rule";
import { Failure, Interrupted, Skip } from "./verdict";

export type Result = {
  id: string;
  rule: string;
  result: "pass" | "fail" | "skip";
  reason?: string;
  duration_ms: number;
};

export type Outcome = { results: Result[]; isInterrupted: boolean; left: string[] };

export type Options = Credentials & {
  url: string;
  rules: readonly Rule[];
  /** Nothing is asked any more but what cleans up. */
  signal?: AbortSignal;
  begin?: (rule: Rule, index: number) => void;
  end?: (result: Result) => void;
  notice?: (text: string) => void;
};

/** Tries the rules one after the other and leaves the instance as it was, whatever happens. */
export async function runConformance(options: Options): Promise<Outcome> {
  const { url, rules, signal, begin, end, notice = () => {} } = options;
  const mark = `conformance${word()}`;
  let isOver = false;
  const beforeCall = () => {
    if (signal?.aborted && !isOver) throw new Interrupted("The run was interrupted.");
  };
  const pause = (milliseconds: number) =>
    sleep(milliseconds, undefined, { signal: isOver ? undefined : signal }).catch(() => {});
  const wire: Wire = { url: url.replace(/\/+$/, ""), notice, beforeCall, pause, pending: new Set() };
  await requireInstance(wire);
  const me = await enter(wire, mark, { email: options.email, password: options.password });
  const { run, traces } = createRun(wire, mark, me);
  const results: Result[] = [];
  for (const [index, rule] of rules.entries()) {
    if (signal?.aborted) break;
    begin?.(rule, index);
    const result = await tryRule(rule, run);
    if (!result) break;
    results.push(result);
    end?.(result);
  }
  const isInterrupted = Boolean(signal?.aborted);
  isOver = true;
  await Promise.allSettled(wire.pending);
  return { results, isInterrupted, left: await cleanUp(await traces()) };
}

async function requireInstance(wire: Wire): Promise<void> {
  const health = await createAsk(wire)(undefined, "GET", "/health").catch((error: Error) => {
    if (error instanceof Interrupted) throw error;
    throw new CannotStart(`Nothing answers at ${wire.url}: ${error.message}. Is the address right?`);
  });
  if (health.status >= 300)
    throw new CannotStart(
      `${wire.url}/health was answered ${health.status}: is this an instance of the API?`,
    );
}

function createRun(wire: Wire, mark: string, me: Person) {
  const devices = new Map<string, Promise<Device>>();
  let guest: Promise<Person> | undefined;
  const run: Run = {
    me,
    mark,
    anyone: createAsk(wire),
    guest: () => (guest ??= enterGuest(wire, mark, me)),
    device: (name) => {
      const device = devices.get(name) ?? enterDevice(wire, me);
      devices.set(name, device);
      return device;
    },
  };
  const nothing = () => undefined;
  const traces = async () => {
    const opened = await Promise.all([...devices.values()].map((device) => device.catch(nothing)));
    return {
      wire,
      mark,
      me,
      guest: await guest?.catch(nothing),
      devices: opened.filter((device) => device !== undefined),
    };
  };
  return { run, traces };
}

/** Undefined when the run was interrupted meanwhile. */
async function tryRule({ id, rule, check }: Rule, run: Run): Promise<Result | undefined> {
  const startedAt = performance.now();
  const settled = (result: Result["result"], reason?: string): Result => ({
    id,
    rule,
    result,
    ...(reason !== undefined && { reason }),
    duration_ms: Math.round(performance.now() - startedAt),
  });
  try {
    await check(run);
    return settled("pass");
  } catch (error) {
    if (error instanceof Interrupted) return undefined;
    if (error instanceof Skip) return settled("skip", error.message);
    // An answer without what a rule reads from it ends in a TypeError.
    const { message } = error as Error;
    return settled(
      "fail",
      error instanceof Failure ? message : `the answer is not as it should be: ${message}`,
    );
  }
}
