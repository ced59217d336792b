import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const subject = {
  userId: "01a1fbe4-1972-7577-9f7c-cb4f71aeb4d9",
  email: "ada@example.org",
  name: "Ada",
  sessionId: "01a1fbe4-1972-7577-9f7c-cb4f71aeb4d0",
  scopes: ["tasks:read", "tasks:write"] as const,
  authenticatedAt: new Date("2026-01-02T03:04:05Z"),
};

const OLD = "a1b2c3d4e5f60718293a4b5c6d7e8f90112233445566778899aabbccddeeff00";
const PREVIEW = "5d41402abc4b2a76b9719d911017c592ae2f7c1d8b3e4f6a90b1c2d3e4f5a6b7";
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

  const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

  test.each<[string, object, object?]>([
    ["T-13 of an unknown key", {}, { kid: "unknown" }],
    ["T-13 of a key named by a path", {}, { kid: "../../../../dev/null" }],
    ["T-13 of a key named by a piece of SQL", {}, { kid: "' or 1=1 --" }],
    ["T-13 of a key named by what every object has", {}, { kid: "__proto__" }],
    ["T-13 without a key", {}, { kid: undefined }],
    ["T-13 with another algorithm of the same key", {}, { alg: "HS512" }],
    ["T-15 of another issuer", { iss: "elsewhere" }],
    ["T-15 for another audience", { aud: "elsewhere" }],
    ["T-15 of another type", {}, { typ: "JWT" }],
    ["T-15 of no type", {}, { typ: undefined }],
    ["T-15 without an issuer", { iss: undefined }],
    ["T-15 without an audience", { aud: undefined }],
    ["T-15 without a subject", { sub: undefined }],
    ["T-15 with a subject that is no user", { sub: "root" }],
    ["T-15 without an expiry", { exp: undefined }],
    ["T-15 without scopes", { scope: undefined }],
    ["T-15 without a time of issue", { iat: undefined }],
    ["T-15 without an id of its own", { jti: undefined }],
    ["T-15 without a session", { sid: undefined }],
    ["T-15 with a session that is none", { sid: "1" }],
    ["T-15 without the time of sign-in", { auth_time: undefined }],
  ])("401 %s", async (_, claims, header) => {
    await expect(tokens.verifyAccessToken(await forge(claims, header))).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });

  describe("T-16 with a clock that differs", () => {
    beforeEach(() => void vi.useFakeTimers({ now: new Date("2026-07-01T12:00:00.000Z"), toFake: ["Date"] }));
    afterEach(() => void vi.useRealTimers());

    test.each<[string, () => object]>([
      ["expired 9 s ago", () => ({ exp: inSeconds(-9) })],
      ["valid in 10 s", () => ({ nbf: inSeconds(10) })],
    ])("is accepted when it is %s", async (_, claims) => {
      expect((await tokens.verifyAccessToken(await forge(claims()))).userId).toBe(subject.userId);
    });

    test.each<[string, () => object]>([
      ["expired 10 s ago", () => ({ exp: inSeconds(-10) })],
      ["expired 11 s ago", () => ({ exp: inSeconds(-11) })],
      ["valid in 11 s", () => ({ nbf: inSeconds(11) })],
    ])("401 %s", async (_, claims) => {
      await expect(tokens.verifyAccessToken(await forge(claims()))).rejects.toMatchObject({
        code: "unauthenticated",
      });
    });

    test("401 as soon as it has expired, though it was accepted a moment before", async () => {
      const token = await forge({ exp: inSeconds(60) });
      vi.setSystemTime(inSeconds(69) * 1000);
      await tokens.verifyAccessToken(token);
      vi.setSystemTime(inSeconds(1) * 1000);
      await expect(tokens.verifyAccessToken(token)).rejects.toMatchObject({ code: "unauthenticated" });
    });
  });

  test("T-13 401 unsigned, however its algorithm is spelt", async () => {
    const [, payload] = (await forge({})).split(".");
    const unsigned = new UnsecuredJWT({ sub: subject.userId }).setIssuedAt().setExpirationTime("1h").encode();
    const spelt = ["none", "None", "NONE", "nOnE", ""].map((alg) => {
      const header = { alg, typ: "at+jwt", kid: tokens.signingKey.kid };
      return `${Buffer.from(JSON.stringify(header)).toString("base64url")}.${payload}.`;
    });
    for (const token of [unsigned, ...spelt])
      await expect(tokens.verifyAccessToken(token)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  describe("T-13, T-14 signed by somebody else's key", () => {
    const forgeWithTheirs = async (header: object) => {
      const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
      const jwk = "jwk" in header ? { jwk: await exportJWK(publicKey) } : {};
      return new SignJWT(
        JSON.parse(Buffer.from((await forge({})).split(".")[1] ?? "", "base64url").toString()),
      )
        .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: tokens.signingKey.kid, ...header, ...jwk })
        .sign(privateKey);
    };

    test.each<[string, object]>([
      ["names our key", {}],
      ["brings its key along", { jwk: "theirs" }],
      ["says where its key is", { jku: "https://eve.example.org/keys" }],
      ["says where its certificate is", { x5u: "https://eve.example.org/cert" }],
      ["brings its certificate along", { x5c: ["AA=="] }],
    ])("401 when it %s, and nobody is asked for a key", async (_, header) => {
      const ask = vi.spyOn(globalThis, "fetch");
      await expect(tokens.verifyAccessToken(await forgeWithTheirs(header))).rejects.toMatchObject({
        code: "unauthenticated",
      });
      expect(ask).not.toHaveBeenCalled();
      ask.mockRestore();
    });

    test.each(["jku", "x5u", "jwk"])("%s in a token of ours changes nothing", async (name) => {
      const ask = vi.spyOn(globalThis, "fetch");
      const token = await forge(
        {},
        { [name]: name === "jwk" ? { kty: "oct", k: "AA" } : "https://eve.example.org" },
      );
      expect((await tokens.verifyAccessToken(token)).userId).toBe(subject.userId);
      expect(ask).not.toHaveBeenCalled();
      ask.mockRestore();
    });
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
  test("T-18 what the old secret signed is accepted while it is AUTH_SECRET_RETIRED, and not after", async () => {
    const token = await (await tokensWith({ AUTH_SECRET: OLD })).signAccessToken(subject);
    const during = await tokensWith({ AUTH_SECRET: NEW, AUTH_SECRET_RETIRED: OLD });
    expect((await during.verifyAccessToken(token)).userId).toBe(subject.userId);
    const after = await tokensWith({ AUTH_SECRET: NEW });
    await expect(after.verifyAccessToken(token)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("T-18 what another instance signs with the new secret is accepted where it is AUTH_SECRET_NEXT", async () => {
    const token = await (await tokensWith({ AUTH_SECRET: NEW })).signAccessToken(subject);
    const before = await tokensWith({ AUTH_SECRET: OLD, AUTH_SECRET_NEXT: NEW });
    expect((await before.verifyAccessToken(token)).userId).toBe(subject.userId);
  });

  test("T-18 what the current secret signs is accepted while another is next and a third one retired", async () => {
    const all = await tokensWith({ AUTH_SECRET: OLD, AUTH_SECRET_NEXT: NEW, AUTH_SECRET_RETIRED: PREVIEW });
    expect((await all.verifyAccessToken(await all.signAccessToken(subject))).userId).toBe(subject.userId);
  });

  test("T-19 401 what a preview signed with a secret of its own", async () => {
    const token = await (await tokensWith({ AUTH_SECRET: PREVIEW })).signAccessToken(subject);
    const production = await tokensWith({ AUTH_SECRET: NEW, AUTH_SECRET_RETIRED: OLD });
    await expect(production.verifyAccessToken(token)).rejects.toMatchObject({ code: "unauthenticated" });
  });
});
