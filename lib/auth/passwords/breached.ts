import { createHash } from "node:crypto";
import { env } from "@/lib/env";
import { describeError, log } from "@/lib/log";

const TIMEOUT_MS = 500;
const PREFIX_LENGTH = 5;

/** A padded answer has about 40 KB. */
const MAX_BYTES = 256 * 1024;

/**
 * Whether a public list of breached passwords has this one. Only five of its hash's forty digits leave, which hundreds of others
 * share. A list that cannot be asked refuses nobody.
 */
export async function isBreached(password: string, rangeUrl = env.BREACHED_PASSWORDS_URL): Promise<boolean> {
  if (!rangeUrl) return false;
  const digest = createHash("sha1").update(password.normalize("NFC")).digest("hex").toUpperCase();
  try {
    const range = await fetchRange(rangeUrl + digest.slice(0, PREFIX_LENGTH));
    return holds(range, digest.slice(PREFIX_LENGTH));
  } catch (error) {
    log.warn(describeError(error), "the list of breached passwords could not be asked");
    return false;
  }
}

async function fetchRange(url: string): Promise<string> {
  const response = await fetch(url, {
    headers: { "Add-Padding": "true" },
    redirect: "error",
    cache: "no-store",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.ok) return readText(response);
  await response.body?.cancel();
  throw new Error(`The answer was ${response.status}.`);
}

async function readText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new Error(`The answer had more than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Padding looks like any other line, with a count of 0. */
const holds = (range: string, suffix: string) =>
  range.split("\n").some((line) => {
    const [candidate, count] = line.split(":");
    return candidate?.toUpperCase() === suffix && Number(count) > 0;
  });
