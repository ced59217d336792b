import { crc32 } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { grantFor } from "@/lib/auth/grants";
import { refresh } from "@/lib/auth/refresh";
import { isLive } from "@/lib/auth/sessions";
import type { PublicCtx } from "@/lib/context";
import { LAPTOP, openTown, outcomeOf, refusalOf, rotate, signedIn, tokenOf } from "../support/people";

const DAY = 86_400;

let town: Awaited<ReturnType<typeof openTown>>;
let ctx: PublicCtx;

beforeAll(async () => {
  town = await openTown();
  ctx = { db: town.open().db, client: LAPTOP };
});
afterAll(() => town.close());

describe("T-10: tokens that this service did not make, or not for this", () => {
  /** Another token with these bytes, whose checksum is right. */
  const changed = (token: string, change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(token.slice("ff_rt_".length), "base64url");
    change(bytes);
    bytes.writeUInt32BE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
    return `ff_rt_${bytes.toString("base64url")}`;
  };

  test("T-10: forged ones are refused without a query, and the family lives on", async () => {
    const statements: string[] = [];
    const { db } = town.open({ log: (text) => statements.push(text) });
    const { session } = await signedIn(ctx);
    const foreign = await signedIn(ctx);
    const { refreshToken } = await refresh(ctx, { refreshToken: tokenOf(session, 0) });
    const last = refreshToken.at(-1) === "A" ? "B" : "A";
    const forgeries = {
      "another MAC": changed(refreshToken, (bytes) => bytes.writeUInt8(bytes.readUInt8(60) ^ 1, 60)),
      "no MAC": changed(refreshToken, (bytes) => bytes.fill(0, 29, 61)),
      "the former generation": changed(refreshToken, (bytes) => bytes.writeUInt32BE(0, 25)),
      "the next generation": changed(refreshToken, (bytes) => bytes.writeUInt32BE(2, 25)),
      "another session": changed(refreshToken, (bytes) =>
        bytes.write(foreign.session.id.replaceAll("-", ""), 9, "hex"),
      ),
      "another key": changed(refreshToken, (bytes) => bytes.write("AAAAAAAA", 1, "latin1")),
      "another version": changed(refreshToken, (bytes) => bytes.writeUInt8(2, 0)),
      "a wrong checksum": refreshToken.slice(0, -1) + last,
      "1 MB": refreshToken + "A".repeat(1_000_000),
      "1 MB of nothing": "ff_rt_".repeat(170_000),
      "an access token": (await grantFor(session)).accessToken,
      nothing: "",
    };
    for (const [what, forgery] of Object.entries(forgeries))
      expect(await refusalOf(refresh({ ...ctx, db }, { refreshToken: forgery })), what).toBe(
        "unauthenticated",
      );
    expect(statements).toEqual([]);
    for (const { id } of [session, foreign.session])
      expect((await town.rowOf(id)).is_revoked, id).toBe(false);
    await refresh({ ...ctx, db }, { refreshToken });
    expect(statements).toHaveLength(1);
  });

  test("T-10: a generation to come and a session that never was are invalid, and do no harm", async () => {
    const { session } = await signedIn(ctx);
    await rotate(ctx, session, 0);
    for (const generation of [2, 3, 1_000_000, 2_147_483_646, 2_147_483_647])
      expect(await outcomeOf(ctx, session, generation), String(generation)).toBe("invalid");
    expect(await outcomeOf(ctx, { id: session.userId }, 0)).toBe("invalid");
    expect(await town.rowOf(session.id)).toMatchObject({ generation: 1, is_revoked: false });
  });

  test("T-10: a browser's session is not the API's to rotate, nor the reverse", async () => {
    for (const [kind, other] of [
      ["web", "api"],
      ["api", "web"],
    ] as const) {
      const { session } = await signedIn(ctx, kind);
      for (const generation of [0, 1])
        expect(await outcomeOf(ctx, session, generation, other)).toBe("invalid");
      expect(await outcomeOf(ctx, session, 0, kind)).toBe("rotated");
      await town.age(session.id, 31);
      expect(await outcomeOf(ctx, session, 0, other)).toBe("invalid");
      expect(await town.rowOf(session.id)).toMatchObject({ generation: 1, is_revoked: false });
    }
  });

  test("a person who was disabled or is gone gets nothing, whatever the session's row says", async () => {
    const disabled = await signedIn(ctx);
    await town.query("update users set is_active = false where id = $1", [disabled.user.id]);
    const deleted = await signedIn(ctx);
    await town.query("delete from users where id = $1", [deleted.user.id]);
    for (const { session, actor } of [disabled, deleted]) {
      expect(await outcomeOf(ctx, session, 0)).toBe("invalid");
      expect(await isLive(ctx, actor)).toBe(false);
      expect((await town.rowOf(session.id)).generation).toBe(0);
    }
  });
});

describe("T-11: the end of a session", () => {
  const IDLE = { web: 7 * DAY, api: 14 * DAY };

  test.each(["web", "api"] as const)(
    "T-11: a %s session that was away too long has expired",
    async (kind) => {
      const { session } = await signedIn(ctx, kind);
      await town.age(session.id, IDLE[kind] - 5);
      expect(await outcomeOf(ctx, session, 0, kind)).toBe("rotated");
      await town.age(session.id, IDLE[kind] + 1);
      for (const generation of [0, 1])
        expect(await outcomeOf(ctx, session, generation, kind)).toBe("expired");
      const row = await town.rowOf(session.id);
      expect(row).toMatchObject({ generation: 1, is_revoked: false });
      expect(row.idle_left_s).toBeLessThan(0);
    },
  );

  test("T-11: no use prolongs it beyond 30 days, and no token of it outlives them", async () => {
    const { session, actor } = await signedIn(ctx, "api");
    for (const generation of [0, 1, 2]) {
      await town.age(session.id, 9.99 * DAY);
      expect(await outcomeOf(ctx, session, generation)).toBe("rotated");
    }
    const row = await town.rowOf(session.id);
    expect(row.absolute_left_s).toBeLessThan(0.031 * DAY);
    expect(row.idle_left_s).toBe(row.absolute_left_s);
    await town.age(session.id, row.absolute_left_s - 100);
    const grant = await refresh(ctx, { refreshToken: tokenOf(session, 3) });
    expect(grant.expiresIn).toBeGreaterThan(90);
    expect(grant.expiresIn).toBeLessThanOrEqual(100);
    await town.age(session.id, 101);
    expect(await outcomeOf(ctx, session, 4)).toBe("expired");
    expect(await isLive(ctx, actor)).toBe(false);
  });

  test.each(["idle", "absolute"])("T-11: its %s end within the grace is an end, not a reuse", async (end) => {
    const { session } = await signedIn(ctx);
    await rotate(ctx, session, 0);
    await town.query(
      `update sessions set idle_expires_at = now() ${end === "absolute" ? ", absolute_expires_at = now()" : ""}
       where id = $1`,
      [session.id],
    );
    for (const generation of [0, 1]) expect(await outcomeOf(ctx, session, generation)).toBe("expired");
    expect(await town.rowOf(session.id)).toMatchObject({ generation: 1, is_revoked: false });
  });
});
