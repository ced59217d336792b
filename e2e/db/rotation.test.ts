import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { grantFor } from "@/lib/auth/grants";
import { refresh } from "@/lib/auth/refresh";
import { isRevoked } from "@/lib/auth/revocations";
import { isLive, revokeSessions, type Session } from "@/lib/auth/sessions";
import { verifyAccessToken } from "@/lib/auth/tokens";
import type { PublicCtx } from "@/lib/context";
import type { Database } from "@/lib/db/client";
import { LAPTOP, openTown, outcomeOf, PHONE, refusalOf, rotate, signedIn, tokenOf } from "../support/people";

const DAY = 86_400;

let town: Awaited<ReturnType<typeof openTown>>;
let wide: Database;
let ctx: PublicCtx;

beforeAll(async () => {
  town = await openTown();
  wide = town.open({ poolMax: 25 });
  ctx = { db: wide.db, client: LAPTOP };
  await Promise.all(Array.from({ length: 25 }, () => wide.db.execute("select pg_sleep(0.2)")));
  expect(wide.stats().total).toBe(25);
});
afterAll(() => town.close());

const REVOKED = { is_revoked: true, revoke_reason: "refresh_reuse" };

describe("the same token more than once", () => {
  test("T-01: each refresh gives the next generation, other tokens and more time", async () => {
    const { session } = await signedIn(ctx);
    let { refreshToken } = await grantFor(session);
    for (const generation of [1, 2, 3]) {
      await town.age(session.id, DAY);
      const grant = await refresh(ctx, { refreshToken });
      expect(grant.refreshToken).not.toBe(refreshToken);
      expect(grant).toMatchObject({ sessionId: session.id, expiresIn: 300 });
      expect((await verifyAccessToken(grant.accessToken)).sessionId).toBe(session.id);
      ({ refreshToken } = grant);
      const row = await town.rowOf(session.id);
      expect(row).toMatchObject({ generation, is_revoked: false });
      expect(row.idle_left_s).toBeGreaterThan(14 * DAY - 60);
    }
  });

  test("T-02: twice within 30 s gives the same refresh token and one generation", async () => {
    const { session } = await signedIn(ctx);
    const { refreshToken } = await grantFor(session);
    const first = await refresh(ctx, { refreshToken });
    await town.age(session.id, 28);
    const second = await refresh(ctx, { refreshToken });
    expect(second.refreshToken).toBe(first.refreshToken);
    expect(await town.rowOf(session.id)).toMatchObject({ generation: 1, is_revoked: false });
    expect(await outcomeOf(ctx, session, 1)).toBe("rotated");
  });

  test("T-03: of 20 that wait for one another one rotates, and all get one and the same token", async () => {
    for (let round = 0; round < 20; round += 1) {
      const { session } = await signedIn(ctx);
      const held = await town.hold("select from sessions where id = $1 for update", [session.id]);
      const work = Array.from({ length: 20 }, () => rotate(ctx, session, 0));
      await held.waiting(20);
      await held.letGo();
      const rotations = await Promise.all(work);
      const outcomes = rotations.map(({ outcome }) => outcome).sort();
      expect(outcomes).toEqual([...Array(19).fill("grace"), "rotated"]);
      const tokens = rotations.map(
        (rotation) => "session" in rotation && tokenOf(rotation.session, rotation.session.generation),
      );
      expect(new Set(tokens)).toEqual(new Set([tokenOf(session, 1)]));
      expect(await town.rowOf(session.id)).toMatchObject({ generation: 1, is_revoked: false });
    }
  });

  test("T-03: of 20 that start together one rotates, however they meet", async () => {
    for (let round = 0; round < 20; round += 1) {
      const { session } = await signedIn(ctx);
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcomeOf(ctx, session, 0)));
      expect(outcomes.sort()).toEqual([...Array(19).fill("grace"), "rotated"]);
    }
  });
});

describe("a token that was traded before", () => {
  test("T-04: after 31 s it ends the session, is on record, and its owner hears of it", async () => {
    const { user, session } = await signedIn(ctx);
    expect(await isRevoked(ctx.db, session.id)).toBe(false);
    await rotate(ctx, session, 0);
    await town.age(session.id, 31);
    expect(await outcomeOf({ ...ctx, client: PHONE }, session, 0)).toBe("reuse");
    expect(await isRevoked(ctx.db, session.id)).toBe(true);
    expect(await town.rowOf(session.id)).toMatchObject({ ...REVOKED, generation: 1 });
    await expect.poll(() => town.mailTo(user.email)).toHaveLength(1);
    const reuse = { kind: "refresh_reuse", session_id: session.id };
    expect((await town.eventsOf(user.id)).slice(1)).toEqual([
      { ...reuse, device: "Safari on iOS", address_prefix: "198.51.100.0/24" },
    ]);
  });

  test("T-05: two generations ago, it ends the session within the grace too", async () => {
    const { session } = await signedIn(ctx);
    await rotate(ctx, session, 0);
    await rotate(ctx, session, 1);
    expect(await outcomeOf(ctx, session, 0)).toBe("reuse");
    expect(await town.rowOf(session.id)).toMatchObject(REVOKED);
  });

  test("T-05: from another program than the one that traded it, it ends the session at once", async () => {
    for (const client of [PHONE, { ...LAPTOP, userAgent: null }, { ...LAPTOP, userAgent: "" }]) {
      const { session } = await signedIn(ctx);
      await rotate(ctx, session, 0);
      expect(await outcomeOf({ ...ctx, client }, session, 0)).toBe("reuse");
      expect(await town.rowOf(session.id)).toMatchObject(REVOKED);
    }
  });

  test("a program that is updated or has no name at all still gets its grace, wherever it is", async () => {
    const { session } = await signedIn(ctx);
    for (const [generation, client] of [PHONE, { address: "2001:db8::1", userAgent: null }].entries()) {
      expect(await outcomeOf({ ...ctx, client }, session, generation)).toBe("rotated");
      const elsewhere = { ...client, address: "203.0.113.1" };
      expect(await outcomeOf({ ...ctx, client: elsewhere }, session, generation)).toBe("grace");
    }
  });

  test("T-06: once it was found, neither the current token nor a live access token is of use", async () => {
    const { actor, session } = await signedIn(ctx);
    const { refreshToken } = await refresh(ctx, await grantFor(session));
    await town.age(session.id, 31);
    const reused = refresh(ctx, { refreshToken: tokenOf(session, 0) });
    expect(await refusalOf(reused)).toBe("unauthenticated");
    expect(await refusalOf(refresh(ctx, { refreshToken }))).toBe("unauthenticated");
    expect(await outcomeOf(ctx, session, 1)).toBe("revoked");
    expect(await outcomeOf(ctx, session, 0)).toBe("revoked");
    expect(await isLive(ctx, actor)).toBe(false);
    expect(await isRevoked(ctx.db, session.id)).toBe(true);
  });

  test("T-06: several that find it at once record it once", async () => {
    const { user, session } = await signedIn(ctx);
    await rotate(ctx, session, 0);
    await town.age(session.id, 31);
    const held = await town.hold("select from sessions where id = $1 for update", [session.id]);
    const work = Array.from({ length: 10 }, () => outcomeOf(ctx, session, 0));
    await held.waiting(10);
    await held.letGo();
    expect((await Promise.all(work)).sort()).toEqual(["reuse", ...Array(9).fill("revoked")]);
    const kinds = (await town.eventsOf(user.id)).map(({ kind }) => kind);
    expect(kinds).toEqual(["sign_in", "refresh_reuse"]);
  });

  test("T-07: what was found stays found, though the answer is an error or never arrives", async (context) => {
    const refused = await signedIn(ctx);
    const lost = await signedIn(ctx);
    for (const { session } of [refused, lost]) {
      await rotate(ctx, session, 0);
      await town.age(session.id, 31);
    }
    const refreshToken = tokenOf(refused.session, 0);
    expect(await refusalOf(refresh(ctx, { refreshToken }))).toBe("unauthenticated");
    const { db, wire } = await town.openWired();
    context.onTestFinished(() => wire.shut());
    wire.cutAfter("refresh_reuse", 1);
    await expect(rotate({ ...ctx, db }, lost.session, 0)).rejects.toThrow();
    for (const { session, user } of [refused, lost]) {
      expect(await town.rowOf(session.id)).toMatchObject(REVOKED);
      expect((await town.eventsOf(user.id)).map(({ kind }) => kind)).toEqual(["sign_in", "refresh_reuse"]);
    }
  });
});

test("T-08: an answer that was lost is given again within 30 s, and not after", async (context) => {
  const { db, wire } = await town.openWired();
  context.onTestFinished(() => wire.shut());
  for (const seconds of [20, 31]) {
    const { session } = await signedIn(ctx);
    const refreshToken = tokenOf(session, 0);
    wire.cutAfter("operation_id", 1);
    await expect(refresh({ ...ctx, db }, { refreshToken })).rejects.toThrow();
    expect(await town.rowOf(session.id)).toMatchObject({ generation: 1, is_revoked: false });
    await town.age(session.id, seconds);
    const retried = refresh({ ...ctx, db }, { refreshToken });
    if (seconds > 30) expect(await refusalOf(retried)).toBe("unauthenticated");
    else expect((await retried).refreshToken).toBe(tokenOf(session, 1));
    expect((await town.rowOf(session.id)).is_revoked).toBe(seconds > 30);
  }
});

describe("T-09: a refresh while the same session signs out leaves nothing of use", () => {
  const signOut = (session: Session) =>
    revokeSessions(ctx, { userId: session.userId, sessionId: session.id }, "signed_out");

  async function expectDead(session: Session) {
    expect(await town.rowOf(session.id)).toMatchObject({ is_revoked: true, revoke_reason: "signed_out" });
    for (const generation of [0, 1, 2]) {
      expect(await outcomeOf(ctx, session, generation)).toBe("revoked");
      expect(await isLive(ctx, { userId: session.userId, sessionId: session.id, generation })).toBe(false);
    }
  }

  test.each(["the refresh", "the sign-out"])("T-09: %s comes first", async (first) => {
    for (let round = 0; round < 20; round += 1) {
      const { session } = await signedIn(ctx);
      const held = await town.hold("select from sessions where id = $1 for update", [session.id]);
      const steps = [() => outcomeOf(ctx, session, 0), () => signOut(session)];
      const [one, other] = first === "the refresh" ? steps : steps.reverse();
      const early = one?.();
      await held.waiting(1);
      const late = other?.();
      await held.waiting(2);
      await held.letGo();
      const outcomes = await Promise.all([early, late]);
      expect(outcomes).toContain(first === "the refresh" ? "rotated" : "revoked");
      await expectDead(session);
    }
  });

  test("T-09: many at once, in any order", async () => {
    for (let round = 0; round < 30; round += 1) {
      const { session } = await signedIn(ctx);
      const refreshes = () => Array.from({ length: 6 }, () => outcomeOf(ctx, session, 0));
      await Promise.all([...refreshes(), signOut(session), ...refreshes()]);
      await expectDead(session);
    }
  });
});
