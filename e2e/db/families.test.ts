import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deleteUser } from "@/lib/auth/deletion";
import { isRevoked } from "@/lib/auth/revocations";
import { endSession, isLive, listSessions, openSession, revokeSessions } from "@/lib/auth/sessions";
import type { PublicCtx } from "@/lib/context";
import { sqlState } from "@/lib/db/failures";
import { purgeDeletedUsers } from "@/lib/users/purge";
import { createUser } from "@/lib/users/users";
import { uuidv7 } from "@/lib/uuid";
import { actorOf, LAPTOP, newUser, openTown, outcomeOf, refusalOf, signedIn } from "../support/people";

const BATCH_ROWS = 5_000;

let town: Awaited<ReturnType<typeof openTown>>;
let ctx: PublicCtx;

beforeAll(async () => {
  town = await openTown();
  ctx = { db: town.open({ poolMax: 25 }).db, client: LAPTOP };
});
afterAll(() => town.close());

const open = (userId: string, replaces?: string) =>
  openSession(ctx, { userId, kind: "api", method: "password", replaces });

const reasonOf = async (sessionId: string) => (await town.rowOf(sessionId)).revoke_reason;

describe("at most 20 devices of a person are signed in", () => {
  test("30 that sign in at once leave 20, and the others are told so", async () => {
    const { id } = await newUser(ctx);
    const sessions = await Promise.all(Array.from({ length: 30 }, () => open(id)));
    const live = await town.liveOf(id);
    expect(live).toHaveLength(20);
    for (const session of sessions) {
      const isOut = !live.includes(session.id);
      expect(await reasonOf(session.id)).toBe(isOut ? "too_many" : null);
      expect(await isRevoked(ctx.db, session.id)).toBe(isOut);
      expect(await isLive(ctx, actorOf(session))).toBe(!isOut);
    }
  });

  test("the device not seen for longest makes room, and nobody else's does", async () => {
    const stranger = await signedIn(ctx);
    await town.age(stranger.session.id, 3_600);
    const { id } = await newUser(ctx);
    const sessions = [];
    for (let count = 0; count < 20; count += 1) sessions.push(await open(id));
    for (const [index, seconds] of [60, 600, 30].entries())
      await town.age(sessions[index + 5]?.id ?? "", seconds);
    for (const index of [6, 5, 7, 0, 1]) {
      const leaves = sessions[index]?.id ?? "";
      expect(await town.liveOf(id)).toContain(leaves);
      const { id: newest } = await open(id);
      const live = await town.liveOf(id);
      expect(live).not.toContain(leaves);
      expect(live).toContain(newest);
      expect(live).toHaveLength(20);
    }
    expect(await town.liveOf(stranger.user.id)).toEqual([stranger.session.id]);
  });

  test("one that is used stays, however long ago it signed in", async () => {
    const { id } = await newUser(ctx);
    const oldest = await open(id);
    for (let count = 0; count < 19; count += 1) await open(id);
    expect(await outcomeOf(ctx, oldest, 0)).toBe("rotated");
    await open(id);
    expect(await town.liveOf(id)).toContain(oldest.id);
  });

  test("sessions that are over take no place", async () => {
    const { id } = await newUser(ctx);
    const sessions = await Promise.all(Array.from({ length: 20 }, () => open(id)));
    await town.query(
      "update sessions set last_seen_at = now(), idle_expires_at = now(), absolute_expires_at = now() where id = any($1)",
      [sessions.slice(0, 5).map((session) => session.id)],
    );
    await revokeSessions(ctx, { userId: id, sessionId: sessions[5]?.id }, "signed_out");
    const before = await town.liveOf(id);
    for (let count = 0; count < 6; count += 1) await open(id);
    expect(await town.liveOf(id)).toEqual(expect.arrayContaining(before));
    expect(await town.liveOf(id)).toHaveLength(20);
  });
});

describe("a browser that signs in anew", () => {
  test("gets another session, and its former one is over at once", async () => {
    const { user, session } = await signedIn(ctx);
    const other = await open(user.id);
    expect(await isRevoked(ctx.db, session.id)).toBe(false);
    const next = await open(user.id, session.id);
    expect(next.id).not.toBe(session.id);
    expect(await reasonOf(session.id)).toBe("replaced");
    expect(await isRevoked(ctx.db, session.id)).toBe(true);
    expect(await town.liveOf(user.id)).toEqual([other.id, next.id]);
  });

  test("takes its former place, so that no other device has to leave", async () => {
    const { id } = await newUser(ctx);
    const sessions = [];
    for (let count = 0; count < 20; count += 1) sessions.push(await open(id));
    const next = await open(id, sessions[9]?.id);
    expect(await town.liveOf(id)).toEqual([...sessions.toSpliced(9, 1), next].map((session) => session.id));
  });

  test("cannot end what is somebody else's", async () => {
    const stranger = await signedIn(ctx);
    const { id } = await newUser(ctx);
    await open(id, stranger.session.id);
    expect(await town.liveOf(stranger.user.id)).toEqual([stranger.session.id]);
  });
});

describe("sessions are ended", () => {
  const three = async () => {
    const { user, session } = await signedIn(ctx);
    return { userId: user.id, ids: [session.id, (await open(user.id)).id, (await open(user.id)).id] };
  };

  test.each([
    ["one alone", 1, (id: string) => ({ sessionId: id }), [0, 2]],
    ["all but one", 1, (id: string) => ({ exceptSessionId: id }), [1]],
    ["all", 1, () => ({}), []],
    ["all when none is excepted", 1, () => ({ exceptSessionId: null }), []],
    ["none when the one is not theirs", 0, () => ({ sessionId: uuidv7() }), [0, 1, 2]],
  ])("%s, and no stranger's", async (_which, index, which, left) => {
    const [mine, theirs] = [await three(), await three()];
    const ended = await revokeSessions(
      ctx,
      { userId: mine.userId, ...which(mine.ids[index] ?? "") },
      "signed_out",
    );
    const stay = left.map((place) => mine.ids[place] ?? "");
    expect(await town.liveOf(mine.userId)).toEqual(stay);
    expect(ended.toSorted()).toEqual(mine.ids.filter((id) => !stay.includes(id)).toSorted());
    for (const id of mine.ids) expect(await isRevoked(ctx.db, id)).toBe(!stay.includes(id));
    expect(await town.liveOf(theirs.userId)).toEqual(theirs.ids);
  });

  test("once: the first reason stays, and the second time finds none", async () => {
    const { user } = await signedIn(ctx);
    const [id = ""] = await revokeSessions(ctx, { userId: user.id }, "password_changed");
    expect(await revokeSessions(ctx, { userId: user.id }, "signed_out")).toEqual([]);
    expect(await reasonOf(id)).toBe("password_changed");
  });

  test("by their owner only, who sees nobody else's", async () => {
    const [mine, theirs] = [await signedIn(ctx), await signedIn(ctx)];
    const me = { ...ctx, actor: mine.actor };
    expect(await refusalOf(endSession(me, theirs.session.id))).toBe("not_found");
    expect((await listSessions(me)).sessions).toMatchObject([{ id: mine.session.id, isCurrent: true }]);
    await endSession(me, mine.session.id);
    expect((await listSessions(me)).sessions).toEqual([]);
    expect(await refusalOf(endSession(me, mine.session.id))).toBe("not_found");
    expect(await town.liveOf(theirs.user.id)).toEqual([theirs.session.id]);
  });
});

describe("an account that is deleted", () => {
  const isThere = async (userId: string) =>
    (await town.query("select 1 from users where id = $1", [userId])).length > 0;

  test.each(["the deletion", "the sign-in"])("lets nobody stay in when %s comes first", async (first) => {
    for (let round = 0; round < 10; round += 1) {
      const { user, actor, session } = await signedIn(ctx);
      const held = await town.hold("select from users where id = $1 for update", [user.id]);
      const signIn = () => refusalOf(open(user.id));
      const steps = [() => deleteUser({ ...ctx, actor }, {}), signIn];
      const [one, other] = first === "the deletion" ? steps : steps.reverse();
      const early = one?.();
      await held.waiting(1);
      const late = other?.();
      await held.waiting(2);
      await held.letGo();
      expect(await Promise.all([early, late])).toContain(
        first === "the deletion" ? "unauthenticated" : "none",
      );
      expect(await town.liveOf(user.id)).toEqual([]);
      expect(await isRevoked(ctx.db, session.id)).toBe(true);
      await expect.poll(() => isThere(user.id)).toBe(false);
      const tombs = await town.query("select revoke_reason from sessions where user_id = $1", [user.id]);
      expect(tombs).toEqual(Array(first === "the deletion" ? 1 : 2).fill({ revoke_reason: "user_deleted" }));
      expect((await town.eventsOf(user.id)).at(-1)?.kind).toBe("user_deleted");
    }
  });

  test("leaves its address to whoever comes next, and opens no session any more", async () => {
    const { user, actor } = await signedIn(ctx);
    await deleteUser({ ...ctx, actor }, {});
    expect(await refusalOf(open(user.id))).toBe("unauthenticated");
    expect((await createUser(ctx, user)).id).not.toBe(user.id);
  });
});

describe("what a deleted person had is removed", () => {
  const watch = `
    create table removals (name text, n int);
    create function note_removal() returns trigger language plpgsql as $$
      begin insert into removals select tg_table_name, count(*) from gone; return null; end $$;
    create trigger note after delete on changes referencing old table as gone execute function note_removal();
    create trigger note after delete on tasks referencing old table as gone execute function note_removal()`;
  beforeAll(() => town.query(watch));

  const sizes = () =>
    town.query<{ name: string; n: number }>("select name, n from removals where n > 0 order by name, n");

  /** Somebody who has left with this much on the board. */
  async function leaver(rows: number) {
    await town.query("delete from removals");
    const { id } = await newUser(ctx);
    await town.query("update users set deleted_at = now(), is_active = false where id = $1", [id]);
    await town.query(
      `insert into changes (space_id, seq, group_id, entity, entity_id, op, version, at, after, actor_id)
       select $1, n, $1, 'task', $1, 'create', 1, now(), '{}', $1 from generate_series(1, $2) n`,
      [id, rows],
    );
    await town.query(
      "insert into tasks (space_id, id, title, position) select $1, gen_random_uuid(), 'A', n::text from generate_series(1, 3) n",
      [id],
    );
    return id;
  }

  const rowsLeft = async (id: string) =>
    (
      await town.query(
        "select 1 from users where id = $1 union all select 1 from changes where space_id = $1 union all select 1 from tasks where space_id = $1",
        [id],
      )
    ).length;

  test("in pieces, and nobody else's board with it", async () => {
    const stranger = await newUser(ctx);
    const id = await leaver(12_000);
    await purgeDeletedUsers(ctx);
    expect(await rowsLeft(id)).toBe(0);
    expect(await rowsLeft(stranger.id)).toBe(1);
    expect(await sizes()).toEqual([
      { name: "changes", n: 2_000 },
      { name: "changes", n: BATCH_ROWS },
      { name: "changes", n: BATCH_ROWS },
      { name: "tasks", n: 3 },
    ]);
  });

  test("in pieces by two at once too", async () => {
    const id = await leaver(17_000);
    const other = await town.hold(
      "delete from changes where ctid = any(array(select ctid from changes where space_id = $1 limit 5000))",
      [id],
    );
    const work = purgeDeletedUsers(ctx);
    await other.waiting(1);
    await other.letGo();
    await Promise.all([work, purgeDeletedUsers(ctx), purgeDeletedUsers(ctx)]);
    expect(await rowsLeft(id)).toBe(0);
    expect(Math.max(...(await sizes()).map(({ n }) => n))).toBe(BATCH_ROWS);
  });

  test("by the next when the first one was interrupted", async (context) => {
    const id = await leaver(12_000);
    const { db, wire } = await town.openWired();
    context.onTestFinished(() => wire.shut());
    wire.cutAfter('delete from "changes"', 1);
    await expect(purgeDeletedUsers({ db })).rejects.toThrow();
    expect(await rowsLeft(id)).toBe(7_001);
    await purgeDeletedUsers(ctx);
    expect(await rowsLeft(id)).toBe(0);
  });
});

describe("the record of what happened", () => {
  const refusedState = (text: string, values: unknown[]) =>
    town.query(text, values).then(() => "none", sqlState);

  test("is not changed, and not removed before 90 days", async () => {
    const { user } = await signedIn(ctx);
    await town.query(
      `insert into security_events (id, user_id, kind, at)
       select gen_random_uuid(), $1, 'sign_in', now() - make_interval(days => d) from unnest(array[89, 91]) d`,
      [user.id],
    );
    const mine = "from security_events where user_id = $1";
    expect(await refusedState("truncate security_events", [])).toBe("P0001");
    const update = "update security_events set detail = '{\"a\": 1}' where user_id = $1";
    expect(await refusedState(update, [user.id])).toBe("P0001");
    expect(await refusedState(`${update} and at < now() - interval '90 days'`, [user.id])).toBe("P0001");
    expect(await refusedState(`delete ${mine}`, [user.id])).toBe("P0001");
    expect(await refusedState(`delete ${mine} and at > now() - interval '1 day'`, [user.id])).toBe("P0001");
    expect(
      await refusedState(
        `delete ${mine} and at < now() - interval '88 days' and at > now() - interval '90 days'`,
        [user.id],
      ),
    ).toBe("P0001");
    expect(await town.eventsOf(user.id)).toHaveLength(3);
    await town.query(`delete ${mine} and at < now() - interval '90 days'`, [user.id]);
    expect(await town.eventsOf(user.id)).toHaveLength(2);
  });
});
