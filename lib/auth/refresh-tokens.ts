import { createHmac, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import { keysFor } from "./keys";

/** What scanners for leaked secrets look for. */
const PREFIX = "ff_rt_";

const VERSION = 1;
const KID_BYTES = 8;
const SESSION_BYTES = 16;
const MAC_BYTES = 32;
const CRC_BYTES = 4;
const GENERATION_AT = 1 + KID_BYTES + SESSION_BYTES;
const MAC_AT = GENERATION_AT + 4;
const CRC_AT = MAC_AT + MAC_BYTES;
const LENGTH_BYTES = CRC_AT + CRC_BYTES;

const MAX_GENERATION = 0x7fffffff;

const keys = keysFor("refresh token");

export type Credential = { sessionId: string; generation: number };

/** Derived, not drawn: whoever asks for the same generation gets the same token, and nothing of it is stored. */
export function issueRefreshToken({ sessionId, generation }: Credential): string {
  const bytes = Buffer.alloc(LENGTH_BYTES);
  bytes.writeUInt8(VERSION, 0);
  bytes.write(keys.current.kid, 1, "latin1");
  bytes.write(sessionId.replaceAll("-", ""), 1 + KID_BYTES, "hex");
  bytes.writeUInt32BE(generation, GENERATION_AT);
  macOf(bytes, keys.current.secret).copy(bytes, MAC_AT);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, CRC_AT)), CRC_AT);
  return PREFIX + bytes.toString("base64url");
}

/** Undefined unless this service made it; needs no database. */
export function readRefreshToken(token: string): Credential | undefined {
  if (!token.startsWith(PREFIX)) return undefined;
  const bytes = Buffer.from(token.slice(PREFIX.length), "base64url");
  if (bytes.length !== LENGTH_BYTES || bytes.toString("base64url") !== token.slice(PREFIX.length)) return;
  if (bytes.readUInt8(0) !== VERSION || bytes.readUInt32BE(CRC_AT) !== crc32(bytes.subarray(0, CRC_AT)))
    return;
  const secret = keys.byKid.get(bytes.toString("latin1", 1, 1 + KID_BYTES));
  if (!secret || !timingSafeEqual(macOf(bytes, secret), bytes.subarray(MAC_AT, CRC_AT))) return undefined;
  const generation = bytes.readUInt32BE(GENERATION_AT);
  if (generation > MAX_GENERATION) return undefined;
  const id = bytes.toString("hex", 1 + KID_BYTES, GENERATION_AT);
  return { sessionId: id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"), generation };
}

const macOf = (bytes: Buffer, secret: Uint8Array) =>
  createHmac("sha256", secret).update(bytes.subarray(0, MAC_AT)).digest();
