import { randomUUID } from "node:crypto";
import type { Incoming } from "@/lib/http/answer";

const SANE = /^[A-Za-z0-9._-]{1,128}$/;

export function requestIdOf({ headers }: Incoming): string {
  const given = headers.get("x-request-id");
  return given !== null && SANE.test(given) ? given : randomUUID();
}
