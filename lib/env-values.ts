import { z } from "zod";

export const integer = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};

export const choice = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(", ")}` });

export const flag = choice(["true", "false"]).transform((value) => value === "true");

const POSTGRES_URL = "must look like postgresql://user:password@host:5432/database";
const UNVERIFIED =
  "must not ask for unverified TLS: use sslmode=verify-full, or sslmode=disable on a private network";

export const postgresUrl = z.string().superRefine((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isPostgres = url?.protocol === "postgresql:" || url?.protocol === "postgres:";
  if (!url || !isPostgres || url.pathname.length < 2)
    context.addIssue({ code: "custom", message: POSTGRES_URL });
  else if (["allow", "prefer", "no-verify"].includes(url.searchParams.get("sslmode") ?? ""))
    context.addIssue({ code: "custom", message: UNVERIFIED });
});

const EXAMPLE_SECRETS = /secret|change|example|password|replace|default|1234567/i;

/** Random hex carries 4 bits a character and random base64 carries 6; a repeated or typed phrase carries less. */
function isSecret(value: string): boolean {
  const bitsPerCharacter = /^\d+$/.test(value) ? 3 : /^[0-9a-f]+$/i.test(value) ? 4 : 6;
  const isVaried = new Set(value).size >= 12;
  return value.length * bitsPerCharacter >= 256 && isVaried && !EXAMPLE_SECRETS.test(value);
}

const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text && text !== "null";

export const origins = z
  .string()
  .transform((text) => text.split(",").map((origin) => origin.trim()))
  .refine(
    (list) => list.every(isOrigin),
    "must list origins alone: https://app.example.org,http://localhost:5173",
  );

export const publicUrl = z.string().refine(isOrigin, "must be an origin alone: https://tasks.example.org");

export const smtpUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol),
    "must look like smtps://user:password@mail.example.org:465",
  );

const isWebUrl = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

export const webUrl = z.string().refine(isWebUrl, "must be the URL of a website");

export const secret = z
  .string()
  .refine(isSecret, "must carry at least 32 random bytes: run `openssl rand -base64 32`");

const SHARE = "must be a number from 0 to 1";

export const share = z.coerce.number({ error: SHARE }).min(0, { error: SHARE }).max(1, { error: SHARE });
