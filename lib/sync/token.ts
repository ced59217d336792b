import { createHash } from "node:crypto";
import { z } from "zod";
import { AppError } from "@/lib/errors";

/** How far a client has come: all changes up to `seq`; during a full sync, all objects up to the id `after` too. */
export type SyncPoint = { seq: number; after: string | null };

const Token = z.tuple([z.literal(1), z.string(), z.int().min(0), z.uuid().nullable()]);

const ownerOf = (spaceId: string) => createHash("sha256").update(spaceId).digest("base64url").slice(0, 12);

export const encodeSyncToken = (spaceId: string, { seq, after }: SyncPoint) =>
  Buffer.from(JSON.stringify([1, ownerOf(spaceId), seq, after])).toString("base64url");

export function decodeSyncToken(spaceId: string, token: string): SyncPoint {
  const { data } = Token.safeParse(parse(token));
  if (!data) throw refused("is not one that this server gave");
  const [, owner, seq, after] = data;
  if (owner !== ownerOf(spaceId)) throw refused("belongs to another user: start again without a token");
  return { seq, after };
}

function parse(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

const refused = (message: string) =>
  new AppError("invalid", `token: ${message}`, { errors: [{ path: "token", code: "token", message }] });
