import { EncryptJWT } from "jose";
import { describe, expect, test } from "vitest";
import { keysFor } from "@/lib/auth/keys";
import type { Session } from "@/lib/auth/sessions";
import { uuidv7 } from "@/lib/uuid";
import { cookieHeader } from "./cookie";
import { claimsOf, openToken, sealToken } from "./token";

const DAY_MS = 24 * 60 * 60 * 1000;

const sessionWith = (overrides: Partial<Session> = {}): Session => ({
  id: uuidv7(),
  userId: uuidv7(),
  email: "ada.lovelace@example.org",
  name: "Ada Lovelace",
  kind: "web",
  generation: 2_147_483_647,
  authenticatedAt: new Date(),
  idleExpiresAt: new Date(Date.now() + 7 * DAY_MS),
  absoluteExpiresAt: new Date(Date.now() + 30 * DAY_MS),
  ...overrides,
});

describe("the token in the session cookie", () => {
  test("comes back as it was sealed, and is due for rotation in 10 minutes", async () => {
    const session = sessionWith();
    const claims = claimsOf(session, ["pwd"]);
    expect(await openToken(await sealToken(claims))).toEqual(claims);
    expect(claims).toMatchObject({ sub: session.userId, sid: session.id, gen: session.generation });
    expect(claims.rat - Date.now() / 1000).toBeCloseTo(600, -1);
  });

  test("stays under 1 KB as a whole cookie, and names nobody", async () => {
    const token = await sealToken(claimsOf(sessionWith(), ["fed"]));
    expect(cookieHeader(token, new Date()).length).toBeLessThan(1024);
    expect(Object.keys((await openToken(token)) ?? {}).sort()).toEqual(
      ["aex", "amr", "auth_time", "exp", "gen", "rat", "sid", "sub"].sort(),
    );
  });

  test("never outlives the session's absolute end", async () => {
    const end = new Date(Math.floor(Date.now() / 1000) * 1000 + 60_000);
    const claims = claimsOf(sessionWith({ absoluteExpiresAt: end, idleExpiresAt: end }), ["pwd"]);
    const late = await openToken(await sealToken({ ...claims, exp: claims.aex + 1_000 }));
    expect(late?.exp).toBe(end.getTime() / 1000);
  });

  test("opens nothing once it has expired, was changed, or was made with another key or for another purpose", async () => {
    const claims = claimsOf(sessionWith(), ["pwd"]);
    const past = Math.floor(Date.now() / 1000) - 1;
    expect(await openToken(await sealToken({ ...claims, exp: past }))).toBeNull();
    const token = await sealToken(claims);
    expect(await openToken(`${token.slice(0, -3)}AAA`)).toBeNull();
    expect(await openToken(token.replace(/^[^.]+/, "e30"))).toBeNull();
    expect(await openToken("")).toBeNull();
    const { kid } = keysFor("web session").current;
    const foreign = await new EncryptJWT(claims)
      .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid })
      .setExpirationTime("1h")
      .encrypt(keysFor("access token").current.secret);
    expect(await openToken(foreign)).toBeNull();
  });

  test("opens nothing when a claim is missing", async () => {
    const { current } = keysFor("web session");
    const { sid: _, ...rest } = claimsOf(sessionWith(), ["pwd"]);
    const partial = await new EncryptJWT(rest)
      .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: current.kid })
      .setExpirationTime("1h")
      .encrypt(current.secret);
    expect(await openToken(partial)).toBeNull();
  });
});
