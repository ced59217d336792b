import { z } from "zod";
import { AppError } from "@/lib/errors";
import { isBreached } from "./breached";
import { isCommon } from "./common-passwords";

const MIN_LENGTH = 8;
const MAX_LENGTH = 128;

/** Kept as it was typed: never trimmed, never cut. The upper bound keeps hashing cheap. */
export const Password = z
  .string()
  .refine((text) => {
    const { length } = [...text];
    return length >= MIN_LENGTH && length <= MAX_LENGTH;
  }, `must have ${MIN_LENGTH} to ${MAX_LENGTH} characters`)
  .meta({
    format: "password",
    minLength: MIN_LENGTH,
    maxLength: MAX_LENGTH,
    description: "Any characters, spaces too; it is kept exactly as sent",
    example: "seven grey herons at noon",
  });

const SERVICE = "fourfold";

const REFUSALS = {
  too_common: "is one of the first that anybody would try; three or four unrelated words are far better",
  too_personal: "must be more than your e-mail address, your name or the name of this service",
  breached: "is known from a breach of some website; choose one that you use nowhere else",
};

export type Person = { email: string; name: string | null };

/** What the schema cannot say. `path` is the member that the password came in. */
export async function requireGoodPassword(
  password: string,
  person: Person,
  path: "password" | "new_password" = "password",
): Promise<void> {
  const code = await faultOf(password, person);
  if (!code) return;
  const message = REFUSALS[code];
  throw new AppError("invalid", `${path}: ${message}`, { errors: [{ path, code, message }] });
}

async function faultOf(password: string, person: Person): Promise<keyof typeof REFUSALS | undefined> {
  if (isPersonal(password, person)) return "too_personal";
  if (isCommon(password)) return "too_common";
  if (await isBreached(password)) return "breached";
  return undefined;
}

function isPersonal(password: string, { email, name }: Person): boolean {
  const chosen = lettersOf(password);
  const localPart = email.slice(0, email.lastIndexOf("@"));
  return chosen !== "" && [email, localPart, name ?? "", SERVICE].map(lettersOf).includes(chosen);
}

/** "Ann-Marie Roy" and "annmarieroy" are the same to whoever guesses. */
const lettersOf = (text: string) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, "");
