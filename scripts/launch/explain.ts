import { diskFull } from "@/lib/db/embedded/cannot-start";

/** The classes live in modules that may not be loaded yet, or may not be loaded at all: their names tell them apart. */
const TOLD = ["CannotStart", "EnvError", "MigrationError"];

/** What went wrong: a sentence when the reader can do something about it, and the stack when this is our mistake. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (TOLD.includes(error.name)) return error.message;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") return diskFull(path ?? process.cwd()).message;
  if (path && (code === "EACCES" || code === "EPERM" || code === "EROFS"))
    return `${path} cannot be used (${code}): give this user the right to, or start as its owner.`;
  return error.stack ?? error.message;
}
