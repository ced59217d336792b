import { SignJWT, UnsecuredJWT } from "jose";
import { beforeEach, describe, expect, test, vi } from "vitest";

const subject = {
  userId: "01a1fbe4-1972-7577-9f7c-cb4f71aeb4d9",
  email: "ada@example.org",
  name: "Ada",
  sessionId: "01a1fbe4-1972-7577-9f7c-cb4f71aeb4d0",
  scopes: ["tasks:read", "tasks:write"] as const,
  authenticatedAt: new Date("2026-01-02T03:04:05Z"),
};

const OLD = "a1b2c3d4e5f60718293a4b5c6d7e8f90112233445566778899aabbccddeeff00";
const NEW = "00ffeeddccbbaa998877665544332211098f7e6d5c4b3a29180f6e5d4c3b2a1f";

/** The module as a process with these variables has it. */
async function tokensWith(variables: Record<string, string> = { AUTH_SECRET: OLD }) {
  vi.resetModules();
  for (const name of ["AUTH_SECRET", "AUTH_SECRET_NEXT", "AUTH_SECRET_RETIRED"])
    vi.stubEnv(name, variables[name]);
  const { keysFor } = await import("./keys");
  return { ...(await import("./tokens")), signingKey: keysFor("access token").current };
}

const part = (token: string, index: number) =>
  JSON.parse(Buffer.from(token.split(".")[index] ?? "", "base64url").toString());

describe("an access token", () => {
  let tokens: Awaited<ReturnType<typeof tokensWith>>;
  beforeEach(async () => {
    tokens = await tokensWith();
  });

  /** Signed with the right key, whatever else is wrong with it. */
  const forge = (claims: object, header: object = {}) =>
    new SignJWT({
      iss: "fourfold",
      aud: "fourfold-api",
      sub: subject.userId,
      sid: subject.sessionId,
      auth_time: 1767323045,
      jti: "1",
      scope: "tasks:read",
      iat: Math.floor(Date.now() / 1000),
      exp: Math.floor(Date.now() / 1000) + 60,
      ...claims,
    })
      .setProtectedHeader({ alg: "HS256", typ: "at+jwt", kid: tokens.signingKey.kid, ...header })
      .sign(tokens.signingKey.secret);

  test("carries the claims of the contract, the legacy ones included", async () => {
    const token = await tokens.signAccessToken(subject);
    expect(part(token, 0)).toEqual({ alg: "HS256", typ: "at+jwt", kid: tokens.signingKey.kid });
    const claims = part(token, 1);
    expect(claims).toEqual({
      iss: "fourfold",
      aud: "fourfold-api",
      sub: subject.userId,
      iat: expect.any(Number),
      exp: claims.iat + 300,
      jti: expect.any(String),
      sid: subject.sessionId,
      scope: "tasks:read tasks:write",
      auth_time: 1767323045,
      user_id: subject.userId,
      email: "ada@example.org",
      name: "Ada",
    });
  });

  test("is verified to the actor it was made for", async () => {
    expect(await tokens.verifyAccessToken(await tokens.signAccessToken(subject))).toEqual({
      userId: subject.userId,
      spaceId: subject.userId,
      sessionId: subject.sessionId,
      authenticatedAt: subject.authenticatedAt,
      scopes: ["tasks:read", "tasks:write"],
    });
  });

  test("loses the scopes that this server does not know", async () => {
    expect((await tokens.verifyAccessToken(await forge({ scope: "tasks:read root" }))).scopes).toEqual([
      "tasks:read",
    ]);
  });

  test.each<[string, object, object?]>([
    ["expired beyond the skew", { exp: Math.floor(Date.now() / 1000) - 11 }],
    ["not valid yet, beyond the skew", { nbf: Math.floor(Date.now() / 1000) + 60 }],
    ["of another issuer", { iss: "elsewhere" }],
    ["for another audience", { aud: "elsewhere" }],
    ["of another type", {}, { typ: "JWT" }],
    ["of an unknown key", {}, { kid: "unknown" }],
    ["without a key", {}, { kid: undefined }],
    ["without a subject", { sub: undefined }],
    ["with a subject that is no user", { sub: "root" }],
    ["without an expiry", { exp: undefined }],
    ["without scopes", { scope: undefined }],
    ["without a time of issue", { iat: undefined }],
    ["without an id of its own", { jti: undefined }],
    ["without a session", { sid: undefined }],
    ["with a session that is none", { sid: "1" }],
    ["without the time of sign-in", { auth_time: undefined }],
    ["with another algorithm of the same key", {}, { alg: "HS512" }],
  ])("401 %s", async (_, claims, header) => {
    await expect(tokens.verifyAccessToken(await forge(claims, header))).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });

  test("is accepted within the skew of 10 s", async () => {
    const token = await forge({ exp: Math.floor(Date.now() / 1000) - 5 });
    expect((await tokens.verifyAccessToken(token)).userId).toBe(subject.userId);
  });

  test("401 unsigned", async () => {
    const token = new UnsecuredJWT({ sub: subject.userId }).setIssuedAt().setExpirationTime("1h").encode();
    await expect(tokens.verifyAccessToken(token)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("401 with a changed payload", async () => {
    const [header, , signature] = (await tokens.signAccessToken(subject)).split(".");
    const payload = Buffer.from(JSON.stringify({ sub: subject.userId, exp: 9e9 })).toString("base64url");
    await expect(tokens.verifyAccessToken(`${header}.${payload}.${signature}`)).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });
});

describe("rotating AUTH_SECRET", () => {
  test("what the old secret signed is accepted while it is AUTH_SECRET_RETIRED, and not after", async () => {
    const token = await (await tokensWith({ AUTH_SECRET: OLD })).signAccessToken(subject);
    const during = await tokensWith({ AUTH_SECRET: NEW, AUTH_SECRET_RETIRED: OLD });
    expect((await during.verifyAccessToken(token)).userId).toBe(subject.userId);
    const after = await tokensWith({ AUTH_SECRET: NEW });
    await expect(after.verifyAccessToken(token)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("what another instance signs with the new secret is accepted where it is AUTH_SECRET_NEXT", async () => {
    const token = await (await tokensWith({ AUTH_SECRET: NEW })).signAccessToken(subject);
    const before = await tokensWith({ AUTH_SECRET: OLD, AUTH_SECRET_NEXT: NEW });
    expect((await before.verifyAccessToken(token)).userId).toBe(subject.userId);
  });
});
