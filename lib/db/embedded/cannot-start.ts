import { statfs } from "node:fs/promises";

/** A reason to end that its reader can act on: shown as it is, without a stack. */
export class CannotStart extends Error {
  override readonly name = "CannotStart";
}

const NEEDED_MB = 150;

export async function requireSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < NEEDED_MB * 2 ** 20) throw diskFull(folder);
}

export const isDiskFull = (output: string) =>
  /ENOSPC|No space left on device|Disk quota exceeded/.test(output);

export const diskFull = (folder: string) =>
  new CannotStart(`The disk of ${folder} is full: free at least ${NEEDED_MB} MB there and start again.`);

export const lastLines = (output: string) =>
  output
    .trimEnd()
    .split("\n")
    .slice(-8)
    .map((line) => `  ${line}`)
    .join("\n");
