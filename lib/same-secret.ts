import { createHash, timingSafeEqual } from "node:crypto";

/** In a time that tells nothing of where two secrets differ, nor of their length. */
export const isSameSecret = (given: string, kept: string): boolean =>
  timingSafeEqual(digest(given), digest(kept));

const digest = (text: string) => createHash("sha256").update(text).digest();
