import { createHash } from "node:crypto";
import { z } from "zod";
import { AppError } from "@/lib/errors";

/** Where a page ended: the sort keys of its last row, null where the row has none, and its id. */
export type Place = { keys: (string | number | boolean | null)[]; id: string };

const Token = z.tuple([
  z.string(),
  z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
  z.uuid(),
]);

/** The same for the same filters and order, whatever the page. */
export const signatureOf = (query: object) =>
  createHash("sha256").update(JSON.stringify(query)).digest("base64url").slice(0, 12);

export const encodeCursor = (signature: string, { keys, id }: Place) =>
  Buffer.from(JSON.stringify([signature, keys, id])).toString("base64url");

/** Anybody can make a cursor, so its keys must be what the sort accepts before the database reads them. */
export function decodeCursor(signature: string, cursor: string, accepts: z.ZodType): Place {
  const token = Token.safeParse(parse(cursor));
  if (!token.success) throw refused("is not one that this server gave");
  const [origin, keys, id] = token.data;
  if (origin !== signature) throw refused("belongs to another query: start again without a cursor");
  if (!accepts.safeParse(keys).success) throw refused("is not one that this server gave");
  return { keys, id };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

const refused = (message: string) =>
  new AppError("invalid", `cursor: ${message}`, { errors: [{ path: "cursor", code: "cursor", message }] });
