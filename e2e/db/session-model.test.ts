import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ABSOLUTE_SECONDS, GRACE_SECONDS, IDLE_SECONDS } from "@/lib/auth/lifetimes";
import { isLive, revokeSessions } from "@/lib/auth/sessions";
import type { Client, PublicCtx } from "@/lib/context";
import { uuidv7 } from "@/lib/uuid";
import { LAPTOP, openTown, outcomeOf, PHONE } from "../support/people";

const RUNS = 1_000;
const CLIENTS = [LAPTOP, PHONE];

let town: Awaited<ReturnType<typeof openTown>>;
let ctx: PublicCtx;

beforeAll(async () => {
  town = await openTown();
  ctx = { db: town.open({ poolMax: 6 }).db, client: LAPTOP };
});
afterAll(() => town.close());

/** What a session is to be: it knows no SQL and no clock but its own. */
type Model = {
  nowS: number;
  generation: number;
  rotatedAtS: number;
  agent: string | null;
  isRevoked: boolean;
  idleEndS: number;
  absoluteEndS: number;
};

type Session = { id: string; userId: string };

type Real = { session: Session; seen: { generation: number; isRevoked: boolean } };

const isOver = (model: Model) =>
  model.isRevoked || model.nowS >= model.idleEndS || model.nowS >= model.absoluteEndS;

function rotateModel(model: Model, generation: number, { userAgent }: Client) {
  if (model.isRevoked) return "revoked";
  if (isOver(model)) return "expired";
  if (generation > model.generation) return "invalid";
  if (generation === model.generation) {
    model.generation += 1;
    model.rotatedAtS = model.nowS;
    model.agent = userAgent;
    model.idleEndS = Math.min(model.nowS + IDLE_SECONDS.api, model.absoluteEndS);
    return "rotated";
  }
  const isPredecessor = generation === model.generation - 1 && userAgent === model.agent;
  if (isPredecessor && model.nowS - model.rotatedAtS < GRACE_SECONDS) return "grace";
  model.isRevoked = true;
  return "reuse";
}

/** What must hold whatever was done, whether the model is right or not. */
async function expectSound(model: Model, real: Real) {
  const { id: sessionId, userId } = real.session;
  const [row, live] = await Promise.all([town.rowOf(sessionId), isLive(ctx, { userId, sessionId })]);
  expect(row).toMatchObject({ generation: model.generation, is_revoked: model.isRevoked });
  expect(row.generation).toBeGreaterThanOrEqual(real.seen.generation);
  expect(row.generation - real.seen.generation).toBeLessThanOrEqual(1);
  expect(real.seen.isRevoked && !row.is_revoked).toBe(false);
  expect(row.idle_left_s).toBeLessThanOrEqual(row.absolute_left_s);
  expect(Math.abs(row.idle_left_s - (model.idleEndS - model.nowS))).toBeLessThan(5);
  expect(Math.abs(row.absolute_left_s - (model.absoluteEndS - model.nowS))).toBeLessThan(5);
  expect(live).toBe(!isOver(model));
  real.seen = { generation: row.generation, isRevoked: row.is_revoked };
}

abstract class Command implements fc.AsyncCommand<Model, Real> {
  check = () => true;
  abstract act(model: Model, real: Real): Promise<void>;
  abstract toString(): string;
  async run(model: Model, real: Real) {
    await this.act(model, real);
    await expectSound(model, real);
  }
}

/** Of the current token, or of one so many generations off; several at once when asked. */
class Refresh extends Command {
  constructor(
    readonly behind: number,
    readonly times: number,
    readonly client: Client,
  ) {
    super();
  }
  async act(model: Model, { session }: Real) {
    const generation = Math.max(0, model.generation - this.behind);
    const from = { ...ctx, client: this.client };
    const expected = Array.from({ length: this.times }, () => rotateModel(model, generation, this.client));
    const got = await Promise.all(expected.map(() => outcomeOf(from, session, generation)));
    expect(got.toSorted()).toEqual(expected.toSorted());
  }
  toString = () => `refresh(${this.behind} behind, ${this.times}×, ${this.client.userAgent})`;
}

class Wait extends Command {
  constructor(readonly seconds: number) {
    super();
  }
  async act(model: Model, { session }: Real) {
    await town.age(session.id, this.seconds);
    model.nowS += this.seconds;
  }
  toString = () => `wait(${this.seconds} s)`;
}

/** To a moment before or after its end; never back. */
class WaitForEnd extends Command {
  constructor(
    readonly end: "idleEndS" | "absoluteEndS",
    readonly offsetSeconds: number,
  ) {
    super();
  }
  async act(model: Model, { session }: Real) {
    const seconds = Math.max(0, model[this.end] + this.offsetSeconds - model.nowS);
    await town.age(session.id, seconds);
    model.nowS += seconds;
  }
  toString = () => `wait(${this.end} ${this.offsetSeconds} s)`;
}

class SignOut extends Command {
  async act(model: Model, { session: { id: sessionId, userId } }: Real) {
    const ended = await revokeSessions(ctx, { userId, sessionId }, "signed_out");
    expect(ended).toEqual(model.isRevoked ? [] : [sessionId]);
    model.isRevoked = true;
  }
  toString = () => "sign out";
}

/** With a refresh at the same time: either may come first, and both ways lead to the same end. */
class SignOutMeanwhile extends Command {
  async act(model: Model, { session }: Real) {
    const { generation, isRevoked } = model;
    const wasOver = isOver(model);
    const [outcome] = await Promise.all([
      outcomeOf({ ...ctx, client: LAPTOP }, session, generation),
      revokeSessions(ctx, { userId: session.userId, sessionId: session.id }, "signed_out"),
    ]);
    if (outcome === "rotated" && !wasOver) rotateModel(model, generation, LAPTOP);
    else expect(["revoked", ...(isRevoked || !wasOver ? [] : ["expired"])]).toContain(outcome);
    model.isRevoked = true;
  }
  toString = () => "sign out, refresh at once";
}

/** Here, which keeps this session, or on another device, which ends it. */
class ChangePassword extends Command {
  constructor(readonly isHere: boolean) {
    super();
  }
  async act(model: Model, { session: { id, userId } }: Real) {
    const other = await deviceOf(userId);
    const exceptSessionId = this.isHere ? id : other.id;
    const ended = await revokeSessions(ctx, { userId, exceptSessionId }, "password_changed");
    expect(ended.includes(other.id)).toBe(this.isHere);
    expect(ended.includes(id)).toBe(!this.isHere && !model.isRevoked);
    if (!this.isHere) model.isRevoked = true;
  }
  toString = () => `change password ${this.isHere ? "here" : "elsewhere"}`;
}

/** The database's clock goes on while a command runs: nothing is asked within seconds of a boundary. */
const waits = [5, GRACE_SECONDS + 1, 3_600, 86_400, 5 * 86_400];

const client = fc.constantFrom(...CLIENTS, LAPTOP, LAPTOP, LAPTOP);
const commands = [
  fc.tuple(fc.constantFrom(0, 0, 0, 0, 1, 1, 1, 2, -1), fc.constant(1), client),
  fc.tuple(fc.constantFrom(0, 0, 1), fc.integer({ min: 2, max: 4 }), client),
].map((refresh) => refresh.map(([behind, times, from]) => new Refresh(behind, times, from)));
const others = [
  fc.constantFrom(...waits).map((seconds) => new Wait(seconds)),
  fc
    .tuple(fc.constantFrom("idleEndS", "absoluteEndS"), fc.constantFrom(-20, 0, 1))
    .map(([end, offset]) => new WaitForEnd(end, offset)),
  fc.boolean().map((isHere) => new ChangePassword(isHere)),
];
const rare = fc.constantFrom(new SignOut(), new SignOutMeanwhile());

/** A device of somebody's, in one statement: 1,000 runs have to be over within a minute. */
async function deviceOf(userId: string): Promise<Session> {
  const [id, email] = [uuidv7(), `${userId}@example.org`];
  await town.query(
    `with person as (insert into users (id, email) values ($2, $3) on conflict do nothing)
     insert into sessions (id, user_id, kind, method, device, idle_expires_at, absolute_expires_at)
     values ($1, $2, 'api', 'password', 'Firefox', now() + make_interval(secs => $4), now() + make_interval(secs => $5))`,
    [id, userId, email, IDLE_SECONDS.api, ABSOLUTE_SECONDS],
  );
  return { id, userId };
}

async function begin(): Promise<{ model: Model; real: Real }> {
  const session = await deviceOf(uuidv7());
  const ends = { idleEndS: IDLE_SECONDS.api, absoluteEndS: ABSOLUTE_SECONDS };
  const model = { nowS: 0, generation: 0, rotatedAtS: 0, agent: null, isRevoked: false, ...ends };
  return { model, real: { session, seen: { generation: 0, isRevoked: false } } };
}

test("a session behaves as its model does, whatever is done with it and in whatever order", async () => {
  const all = [...commands, ...commands, ...others, rare];
  await fc.assert(
    fc.asyncProperty(fc.commands(all, { maxCommands: 12, size: "max" }), async (steps) => {
      const { model, real } = await begin();
      await fc.asyncModelRun(() => ({ model, real }), steps);
    }),
    { numRuns: RUNS },
  );
}, 120_000);
