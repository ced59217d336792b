import { randomUUID } from "node:crypto";
import { createPerson } from "../../factories";
import { expect, test, type User } from "../../fixtures";
import { createDatabase, query } from "../../support/database";
import { startServer } from "../../support/server";
import { openWire } from "../../support/wire";

const make = async (user: User) =>
  (await user.api("POST", "/api/v1/tasks", { body: { title: "Task" } })).body.data;

type Change = { seq: string; op: string; entity_id: string };

const changesOf = (databaseUrl: string, spaceId: string) =>
  query<Change>(databaseUrl, "select seq, op, entity_id from changes where space_id = $1 order by seq", [
    spaceId,
  ]);

test.describe("Idempotency-Key", () => {
  test("201 once for 50 parallel identical requests: one task, one change, 49 replays", async ({
    user,
    server,
  }) => {
    const call = { body: { title: "Once" }, headers: { "idempotency-key": randomUUID() } };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => user.api("POST", "/api/v1/tasks", call)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(201));
    const [first] = answers;
    for (const { body, headers } of answers) {
      expect(body).toEqual(first?.body);
      for (const name of ["etag", "location", "x-change-id"])
        expect(headers.get(name)).toBe(first?.headers.get(name));
    }
    expect(answers.filter(({ headers }) => headers.get("idempotent-replayed") === "true")).toHaveLength(49);
    expect((await user.api("GET", "/api/v1/tasks")).body.data.total_count).toBe(1);
    expect(await changesOf(server.databaseUrl, user.id)).toHaveLength(1);
  });

  test("200 replays the first answer, though the task has changed since", async ({ user }) => {
    const task = await make(user);
    const path = `/api/v1/tasks/${task.id}`;
    const call = { body: { title: "Second" }, headers: { "idempotency-key": "k" } };
    const first = await user.api("PATCH", path, call);
    await user.api("PATCH", path, { body: { title: "Third" } });
    const again = await user.api("PATCH", path, call);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("etag")).toBe('"2"');
    expect((await user.api("GET", path)).body.data.title).toBe("Third");
  });

  test("200 replays a write that changed nothing", async ({ user }) => {
    const task = await make(user);
    const call = { body: { title: "Task" }, headers: { "idempotency-key": "k" } };
    const first = await user.api("PATCH", `/api/v1/tasks/${task.id}`, call);
    const again = await user.api("PATCH", `/api/v1/tasks/${task.id}`, call);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
  });

  test("422 the same key for another body, or another endpoint", async ({ user }) => {
    const headers = { "idempotency-key": "k" };
    const task = (await user.api("POST", "/api/v1/tasks", { body: { title: "One" }, headers })).body.data;
    for (const [method, path, body] of [
      ["POST", "/api/v1/tasks", { title: "Two" }],
      ["PATCH", `/api/v1/tasks/${task.id}`, { title: "One" }],
    ] as const) {
      const answer = await user.api(method, path, { body, headers });
      expect({ status: answer.status, code: answer.body.code }).toEqual({
        status: 422,
        code: "idempotency_key_reused",
      });
    }
    expect((await user.api("GET", "/api/v1/tasks")).body.data.total_count).toBe(1);
  });

  test("201 a key belongs to its user", async ({ user, newUser }) => {
    const call = { body: { title: "Once" }, headers: { "idempotency-key": "same" } };
    const other = await newUser();
    const mine = await user.api("POST", "/api/v1/tasks", call);
    const theirs = await other.api("POST", "/api/v1/tasks", call);
    expect(theirs).toMatchObject({ status: 201, body: { data: { user_id: other.id } } });
    expect(theirs.body.data.id).not.toBe(mine.body.data.id);
    expect(theirs.headers.get("idempotent-replayed")).toBeNull();
  });

  test("200 a failed attempt frees its key", async ({ user }) => {
    const task = await make(user);
    const path = `/api/v1/tasks/${task.id}`;
    const send = (ifMatch: string) =>
      user.api("PATCH", path, {
        body: { title: "x" },
        headers: { "idempotency-key": "k", "if-match": ifMatch },
      });
    expect((await send('"9"')).status).toBe(412);
    expect((await send('"1"')).status).toBe(200);
  });

  test("201 a key is forgotten after 24 hours", async ({ user, server }) => {
    const call = { body: { title: "Daily" }, headers: { "idempotency-key": "k" } };
    const first = await user.api("POST", "/api/v1/tasks", call);
    const age =
      "update idempotency_keys set created_at = created_at - interval '25 hours' where space_id = $1";
    await query(server.databaseUrl, age, [user.id]);
    const second = await user.api("POST", "/api/v1/tasks", call);
    expect(second.status).toBe(201);
    expect(second.body.data.id).not.toBe(first.body.data.id);
  });

  test("422 a key that is no key", async ({ user }) => {
    const call = { body: { title: "x" }, headers: { "idempotency-key": "a".repeat(256) } };
    expect((await user.api("POST", "/api/v1/tasks", call)).status).toBe(422);
  });

  test("201 waits for the first request of its key, and replays it", async ({ user, server }) => {
    const held = await holdSpace(server.databaseUrl, user.id, 3);
    const call = { body: { title: "Patient" }, headers: { "idempotency-key": "k" } };
    const answers = await Promise.all([
      user.api("POST", "/api/v1/tasks", call),
      user.api("POST", "/api/v1/tasks", call),
    ]);
    await held.released;
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
  });

  test("409 when the first request takes longer than 5 s, and 503 without a key", async ({
    user,
    server,
  }) => {
    const held = await holdSpace(server.databaseUrl, user.id, 9);
    const send = async (headers: Record<string, string>) => {
      const begin = performance.now();
      const {
        status,
        body,
        headers: said,
      } = await user.api("POST", "/api/v1/tasks", { body: { title: "x" }, headers });
      expect(Number(said.get("retry-after"))).toBeGreaterThan(0);
      return { status, code: body.code, seconds: (performance.now() - begin) / 1000 };
    };
    const [keyed, keyless] = await Promise.all([send({ "idempotency-key": "k" }), send({})]);
    expect(keyed).toMatchObject({ status: 409, code: "idempotency_in_progress" });
    expect(keyed.seconds).toBeGreaterThan(5);
    expect(keyed.seconds).toBeLessThan(9);
    expect(keyless).toMatchObject({ status: 503, code: "unavailable" });
    expect(keyless.seconds).toBeLessThan(5);
    await held.released;
  });
});

/** Another request that is in the middle of its write. */
async function holdSpace(databaseUrl: string, spaceId: string, seconds: number) {
  const lock = `set statement_timeout = 0; begin; select from spaces where id = '${spaceId}' for no key update`;
  const released = query(databaseUrl, `${lock}; select pg_sleep(${seconds}); commit`);
  await expect.poll(() => isHeld(databaseUrl, spaceId)).toBe(true);
  return { released };
}

const isHeld = async (databaseUrl: string, spaceId: string) => {
  const sleeping = "select 1 from pg_stat_activity where wait_event = 'PgSleep' and query like $1";
  return (await query(databaseUrl, sleeping, [`%${spaceId}%`])).length > 0;
};

test.describe("when the answer is lost after the commit", () => {
  const call = { body: { title: "Once" }, headers: { "idempotency-key": "k" } };

  test("503 first, and the retry replays what was written", async ({ driver }) => {
    const database = await createDatabase();
    const target = new URL(database.url);
    const wire = await openWire({ host: target.hostname, port: Number(target.port) });
    target.port = String(wire.port);
    const server = await startServer({ databaseUrl: target.toString(), driver });
    const { id, token } = await createPerson(database.url);
    const post = () =>
      fetch(`${server.url}/api/v1/tasks`, {
        method: "POST",
        body: JSON.stringify(call.body),
        headers: { ...call.headers, authorization: `Bearer ${token}`, "content-type": "application/json" },
      });
    wire.cutAfter("idempotency_keys", 1);
    expect((await post()).status).toBe(503);
    expect(await changesOf(database.url, id)).toHaveLength(1);
    const retry = await post();
    expect({ status: retry.status, replayed: retry.headers.get("idempotent-replayed") }).toEqual({
      status: 201,
      replayed: "true",
    });
    expect(await changesOf(database.url, id)).toHaveLength(1);
    await server.stop();
    await wire.shut();
    await database.drop();
  });

  test("201 replayed, though the server was killed in between", async ({ driver }) => {
    const database = await createDatabase();
    const target = new URL(database.url);
    const wire = await openWire({ host: target.hostname, port: Number(target.port) });
    target.port = String(wire.port);
    const { id, token } = await createPerson(database.url);
    const post = ({ url }: { url: string }) =>
      fetch(`${url}/api/v1/tasks`, {
        method: "POST",
        body: JSON.stringify(call.body),
        headers: { ...call.headers, authorization: `Bearer ${token}`, "content-type": "application/json" },
      });
    const first = await startServer({ databaseUrl: target.toString(), driver });
    await fetch(`${first.url}/api/v1/tasks`, { headers: { authorization: `Bearer ${token}` } });
    wire.holdAnswers();
    const lost = post(first).then(
      () => "answered",
      () => "lost",
    );
    await expect.poll(async () => (await changesOf(database.url, id)).length).toBe(1);
    await first.kill();
    expect(await lost).toBe("lost");
    const second = await startServer({ databaseUrl: database.url, driver });
    const retry = await post(second);
    expect({ status: retry.status, replayed: retry.headers.get("idempotent-replayed") }).toEqual({
      status: 201,
      replayed: "true",
    });
    expect(await changesOf(database.url, id)).toHaveLength(1);
    await second.stop();
    await wire.shut();
    await database.drop();
  });
});

test.describe("races", () => {
  test("200 for one of 20 writers with the same If-Match, 412 with the winner's task for the others", async ({
    user,
  }) => {
    const task = await make(user);
    const path = `/api/v1/tasks/${task.id}`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        user.api("PATCH", path, { body: { title: `Writer ${index}` }, headers: { "if-match": '"1"' } }),
      ),
    );
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    for (const { status, body } of answers.filter((answer) => answer !== winners[0])) {
      expect(status).toBe(412);
      expect(body.current).toEqual(winners[0]?.body.data);
    }
  });

  test("16 writers on one space leave seq without a gap or a repeat, and the counts right", async ({
    user,
    server,
  }) => {
    const write = async (writer: number) => {
      const task = await make(user);
      const path = `/api/v1/tasks/${task.id}`;
      for (let round = 0; round < 5; round += 1)
        await user.api("PATCH", path, { body: { title: `${writer} ${round}` } });
      await user.api("PATCH", `${path}/complete`, { body: { completed: true } });
      if (writer % 2) await user.api("DELETE", path);
    };
    await Promise.all(Array.from({ length: 16 }, (_, writer) => write(writer)));
    const changes = await changesOf(server.databaseUrl, user.id);
    expect(changes.map(({ seq }) => Number(seq))).toEqual(
      Array.from({ length: 16 * 7 + 8 }, (_, index) => index + 1),
    );
    const [space] = await query(
      server.databaseUrl,
      `select seq::int, live_count, trashed_count,
         (select count(*)::int from tasks where space_id = s.id and deleted_at is null) as live,
         (select count(*)::int from tasks where space_id = s.id and deleted_at is not null) as trashed
       from spaces s where id = $1`,
      [user.id],
    );
    expect(space).toEqual({ seq: 120, live_count: 8, trashed_count: 8, live: 8, trashed: 8 });
  });

  test("a change holds what was and what is, who did it, and nothing that stayed", async ({
    user,
    server,
  }) => {
    const task = await make(user);
    await user.api("PATCH", `/api/v1/tasks/${task.id}`, {
      body: { title: "New", description: null, priority: "urgent_important" },
    });
    const [change] = await query(
      server.databaseUrl,
      "select op, version, before, after, actor_id, session_id from changes where space_id = $1 and seq = 2",
      [user.id],
    );
    expect(change).toEqual({
      op: "update",
      version: 2,
      before: { title: "Task", priority: 4, is_sorted: false, position: task.position },
      after: { title: "New", priority: 1, is_sorted: true, position: expect.any(String) },
      actor_id: user.id,
      session_id: expect.any(String),
    });
  });
});
