import { randomBytes, randomUUID } from "node:crypto";
import { link, open, readFile, rm } from "node:fs/promises";
import { CannotStart } from "./cannot-start";

/** The secret that a file of one line holds, made when there is none. What cannot be read is never replaced. */
export async function keepSecret(path: string): Promise<string> {
  const stored = await readSecret(path);
  if (stored) return stored;
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, "w", 0o600);
  await file.writeFile(`${randomBytes(32).toString("hex")}\n`);
  await file.sync();
  await file.close();
  // Two commands may start at once, and both must end up with the same secret: a link is made once only.
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(draft);
  return keepSecret(path);
}

async function readSecret(path: string): Promise<string | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new CannotStart(`${path} cannot be read (${error.code}): start as the user who owns it.`);
  });
  if (text === undefined || /^[0-9a-f]{64}\n$/.test(text)) return text?.trim();
  throw new CannotStart(
    `${path} is damaged (it should hold 64 hexadecimal digits and is never replaced by itself): restore it from a copy.`,
  );
}
