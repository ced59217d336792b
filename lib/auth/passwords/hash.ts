import { randomBytes } from "node:crypto";
import { hash, type ParsedHashOptions, parseOptions, verify } from "@node-rs/argon2";
import { processWide } from "@/lib/process-wide";
import { createQueue } from "./queue";

/** argon2id, version 19 (the library's enums exist in types alone). The costs are OWASP's minimum. */
const PARAMETERS = {
  algorithm: 2,
  version: 1,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
  outputLen: 32,
} as const;

const SALT_BYTES = 16;

/** A hash holds one of libuv's four threads, which token checks and look-ups of names need too. */
const inTurn = processWide("password hashing", () =>
  createQueue({ maxRunning: 2, maxWaiting: 50, maxWaitMs: 2_000 }),
);

/** How much of it there is at the moment. */
export const hashing = () => inTurn.stats();

/** Of no password: what is checked for people without one, so that it takes as long as for the others. */
const DUMMY = processWide("dummy password", makeDummy);

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalise(password), { ...PARAMETERS, salt: randomBytes(SALT_BYTES) }));
}

export type Verdict = { isRight: boolean; needsRehash: boolean };

/** Nobody's hash, and one that is not ours, cost the same work as a wrong password. */
export async function verifyPassword(stored: string | null, password: string): Promise<Verdict> {
  const options = stored === null ? undefined : parse(stored);
  const matches = await inTurn(() => verify(options && stored ? stored : DUMMY, normalise(password)));
  const isRight = matches && options !== undefined;
  return { isRight, needsRehash: isRight && isWeak(options) };
}

/** NIST SP 800-63B-4 §3.1.1.2: NFC, as keyboards differ in how they compose "é". It makes no two visibly different passwords one. */
const normalise = (password: string) => password.normalize("NFC");

function parse(stored: string): ParsedHashOptions | undefined {
  try {
    const options = parseOptions(stored);
    return options.algorithm === PARAMETERS.algorithm ? options : undefined;
  } catch {
    return undefined;
  }
}

const isWeak = ({ version, memoryCost, timeCost, outputLen, saltLen }: ParsedHashOptions) =>
  version < PARAMETERS.version ||
  memoryCost < PARAMETERS.memoryCost ||
  timeCost < PARAMETERS.timeCost ||
  outputLen < PARAMETERS.outputLen ||
  saltLen < SALT_BYTES;

function makeDummy(): string {
  const { memoryCost, timeCost, parallelism, outputLen } = PARAMETERS;
  const [salt, output] = [SALT_BYTES, outputLen].map((length) =>
    randomBytes(length).toString("base64").replace(/=+$/, ""),
  );
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${salt}$${output}`;
}
