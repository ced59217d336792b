import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors";
import type { RouteFunction } from "@/lib/http/answer";
import { createTestApi, NOTE_ID, notesOf, ORIGIN, send, sendJson } from "@/lib/http/fixture";
import { createCounts, createRateLimit } from "@/lib/http/rate-limit";

const HERE = "192.0.2.1";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const notes = (perMinute = 2) => notesOf(createTestApi([ORIGIN], perMinute));

function ask(target: RouteFunction, token: string | null = "writer", address = HERE) {
  return send(target, "/n", { token, params: { id: NOTE_ID }, headers: { "x-forwarded-for": address } });
}

const statuses = async (...asked: Promise<Response>[]) =>
  (await Promise.all(asked)).map(({ status }) => status);

describe("the general limit", () => {
  test("200 says what is left, until 429 says when to come back", async () => {
    const { list } = notes();
    const { headers } = await ask(list);
    expect([headers.get("ratelimit-policy"), headers.get("ratelimit")]).toEqual([
      '"api";q=2;w=60',
      '"api";r=1;t=60',
    ]);
    vi.advanceTimersByTime(20_500);
    expect((await ask(list)).headers.get("ratelimit")).toBe('"api";r=0;t=40');
    const refused = await ask(list);
    expect([refused.status, (await refused.json()).code]).toEqual([429, "rate_limited"]);
    expect([refused.headers.get("retry-after"), refused.headers.get("ratelimit")]).toEqual([
      "40",
      '"api";r=0;t=40',
    ]);
  });

  test("200 again after the minute", async () => {
    const { list } = notes(1);
    expect(await statuses(ask(list), ask(list))).toEqual([200, 429]);
    vi.advanceTimersByTime(59_999);
    expect((await ask(list)).status).toBe(429);
    vi.advanceTimersByTime(1);
    expect((await ask(list)).status).toBe(200);
  });

  test("counts a user wherever the requests come from, and over all routes", async () => {
    const { list, find } = notes();
    expect(await statuses(ask(list), ask(find, "reader", "192.0.2.2"), ask(list, "writer", "::1"))).toEqual([
      200, 200, 429,
    ]);
  });

  test("counts a failed sign-in for its address, and leaves users there alone", async () => {
    const { list } = notes();
    expect(await statuses(ask(list, "stale"), ask(list, null), ask(list, "stale"), ask(list))).toEqual([
      401, 401, 429, 200,
    ]);
    expect((await ask(list, "stale", "192.0.2.2")).headers.get("ratelimit")).toBe('"api";r=1;t=60');
  });

  test("counts all addresses of a /64 together, and all that nobody knows", async () => {
    const { list } = notes(1);
    const from = (address: string) => ask(list, null, address);
    expect(await statuses(from("2001:db8::1"), from("2001:db8::2"), from("2001:db8:1::1"))).toEqual([
      401, 429, 401,
    ]);
    expect(await statuses(from("nonsense"), from("other nonsense"))).toEqual([401, 429]);
  });

  test("comes before the scope and the body", async () => {
    const { create } = notes(1);
    const post = () => sendJson(create, "/n", "{", { token: "reader" });
    expect(await statuses(post(), post())).toEqual([403, 429]);
  });

  test("does not know what is unlimited", async () => {
    const { health } = notes(1);
    const answers = await Promise.all([1, 2, 3].map(() => ask(health, null)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[0]?.headers.get("ratelimit")).toBeNull();
  });

  test("is told beside a limit of another kind that was reached", async () => {
    const { route } = createTestApi([ORIGIN], 2);
    const guarded = route({ auth: "public", summary: "Guarded", output: null }, () => {
      const rateLimit = { policy: "sign-in", quota: 50, windowSeconds: 900 };
      throw new AppError("rate_limited", "Wait.", { retryAfterSeconds: 6.5, rateLimit });
    });
    const { status, headers } = await ask(guarded, null);
    expect([status, headers.get("retry-after")]).toEqual([429, "7"]);
    expect([headers.get("ratelimit-policy"), headers.get("ratelimit")]).toEqual([
      '"api";q=2;w=60, "sign-in";q=50;w=900',
      '"api";r=1;t=60, "sign-in";r=0;t=7',
    ]);
  });

  test("remembers no more than so many, whoever they are", () => {
    const counts = createCounts();
    const limit = createRateLimit({ perMinute: 1, addressOf: () => null, counts });
    const request = new Request("http://localhost/");
    for (let user = 0; user < 250_000; user += 1) limit(request, String(user), {});
    expect(counts.byPrincipal.size).toBeLessThanOrEqual(100_000);
    expect(() => limit(request, "249999", {})).toThrow();
  });
});
