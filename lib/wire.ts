import { z } from "zod";

/** RFC 3339 with a zone, in the years that every client and the database can hold. */
export const Moment = z.iso
  .datetime({
    offset: true,
    error:
      "must be an RFC 3339 date and time with a zone, like 2026-03-01T09:00:00Z (in a URL, + is written %2B)",
  })
  .refine((text) => Date.parse(text) >= Date.UTC(100) && Date.parse(text) < Date.UTC(10_000), {
    error: "must lie between the years 100 and 9999",
  })
  .transform((text) => new Date(text));

/** A timestamp as every response has it. */
export const Timestamp = z.iso.datetime({ precision: 3 }).meta({ example: "2026-03-01T09:00:00.000Z" });

export const Version = z
  .int()
  .min(1)
  .max(2_147_483_647)
  .meta({ description: "The version that may be written over, in place of `If-Match`" });

/** `true` or `false`, and nothing else that one might take for it. */
export const queryBoolean = () =>
  z.preprocess((text) => (text === "true" ? true : text === "false" ? false : text), z.boolean());

/** A whole number in plain digits. */
export const queryInteger = (min: number, max: number) =>
  z.preprocess(
    (text) => (typeof text === "string" && /^-?\d{1,15}$/.test(text) ? Number(text) : text),
    z.int().min(min).max(max),
  );
