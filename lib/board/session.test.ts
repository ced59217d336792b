import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { NetworkError } from "@/lib/client/client";
import { createTokens, SessionEnded } from "./session";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const fresh = { refresh: false, refused: null };

/** The network: each request meets the next answer, and a good one in the end. */
function open(...script: (Response | Error)[]) {
  const asked: string[] = [];
  let count = 0;
  let endings = 0;
  const answer = (path: string) => {
    if (path.endsWith("refresh")) return new Response(null, { status: 204 });
    count += 1;
    return Response.json({ access_token: `token ${count}`, expires_in: 300 });
  };
  const tokens = createTokens({
    fetch: async (path) => {
      asked.push(String(path).replace("/api/auth/", ""));
      const next = script.shift();
      if (next instanceof Error) throw next;
      return next ?? answer(String(path));
    },
    ended: () => {
      endings += 1;
    },
  });
  return { tokens, asked, endings: () => endings };
}

const ONCE = ["refresh", "token"];

describe("the access token", () => {
  test("is asked for once, however many want it at the same time", async () => {
    const { tokens, asked } = open();
    const all = await Promise.all(Array.from({ length: 5 }, () => tokens(fresh)));
    expect(all).toEqual(Array(5).fill("token 1"));
    expect(asked).toEqual(ONCE);
  });

  test("is held for most of its life, and then there is a new one", async () => {
    const { tokens, asked } = open();
    await tokens(fresh);
    vi.advanceTimersByTime(239_000);
    expect(await tokens(fresh)).toBe("token 1");
    vi.advanceTimersByTime(2_000);
    expect(await tokens(fresh)).toBe("token 2");
    expect(asked).toEqual([...ONCE, ...ONCE]);
  });

  test("of several that were refused together, the first fetches the next one for all of them", async () => {
    const { tokens, asked } = open();
    await tokens(fresh);
    const refused = { refresh: true, refused: "token 1" };
    expect(await Promise.all([tokens(refused), tokens(refused)])).toEqual(["token 2", "token 2"]);
    expect(await tokens(refused)).toBe("token 2");
    expect(asked).toEqual([...ONCE, ...ONCE]);
  });

  test("401: the session has ended; nobody else is asked, and the next one tries anew", async () => {
    const { tokens, asked, endings } = open(new Response(null, { status: 401 }));
    const all = await Promise.allSettled([tokens(fresh), tokens(fresh)]);
    for (const { status, ...rest } of all) {
      expect(status).toBe("rejected");
      expect(Object(rest).reason).toBeInstanceOf(SessionEnded);
    }
    expect([asked, endings()]).toEqual([["refresh"], 1]);
    expect(await tokens(fresh)).toBe("token 1");
  });

  test("401 takes away the token that was held, too", async () => {
    const { tokens } = open(
      ...[new Response(), Response.json({ access_token: "held", expires_in: 300 })],
      new Response(null, { status: 401 }),
    );
    expect(await tokens(fresh)).toBe("held");
    await expect(tokens({ refresh: true, refused: "held" })).rejects.toBeInstanceOf(SessionEnded);
    expect(await tokens(fresh)).toBe("token 1");
  });

  test.each([
    ["no answer", () => [new TypeError("failed to fetch")]],
    ["503", () => [new Response(null, { status: 503 })]],
    ["429", () => [new Response(null, { status: 429 })]],
    ["a page of the network in between", () => [new Response(), new Response("<html>Welcome</html>")]],
    ["something else", () => [new Response(), Response.json({ success: true })]],
  ])("%s signs nobody out, and is tried again", async (_, script) => {
    const { tokens, endings } = open(...script());
    await expect(tokens(fresh)).rejects.toBeInstanceOf(NetworkError);
    expect(endings()).toBe(0);
    expect(await tokens(fresh)).toBe("token 1");
  });
});
