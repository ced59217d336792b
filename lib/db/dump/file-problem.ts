import { DumpError } from "./format";

/** What a failure of the file means, in a sentence that says what to do; anything else stays what it is. */
export function fileProblem(error: unknown, file: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = REASONS[code];
  return reason ? new DumpError(`${file} ${reason}`) : error;
}

const DENIED = "may not be used by this user: give them the right to, or choose another place.";

const REASONS: Record<string, string> = {
  ENOENT: "is not there: there is no such file, or no such folder.",
  ENOTDIR: "is not there: there is no such folder.",
  EISDIR: "is a folder: name a file.",
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: DENIED,
  ENOSPC: "does not fit: the disk is full.",
  EDQUOT: "does not fit: the disk is full.",
  Z_BUF_ERROR: "ends too early: take another one.",
  Z_DATA_ERROR: "is damaged, or is not a dump made by `npm run db:dump`.",
};
