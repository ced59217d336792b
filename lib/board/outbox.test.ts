import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { aGesture } from "@/e2e/support/board-samples";
import { ApiError, NetworkError } from "@/lib/client/client";
import { Outbox, type OutboxState } from "./outbox";
import { nothing } from "./send";
import { SessionEnded } from "./session";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const refused = (status: number, told: object = {}) => new ApiError(status, { code: "invalid", ...told });

/** Each attempt meets the next of the errors, and none in the end. */
function open(...errors: (Error | null)[]) {
  const told: string[] = [];
  const states: OutboxState[] = [];
  const outbox = new Outbox({
    async send({ key }) {
      told.push(`send ${key}`);
      const error = errors.shift();
      if (error) throw error;
      return nothing();
    },
    settled: ({ key }) => told.push(`settled ${key}`),
    failed: ({ key }, error) => told.push(`failed ${key}: ${Object(error).status ?? error}`),
    changed: (state) => states.push(state),
  });
  const add = (...keys: string[]) => {
    for (const key of keys) outbox.add(aGesture(key, []));
  };
  return { outbox, told, add, state: () => states.at(-1) };
}

const idle = { queued: 0, sinceMs: null, waiting: null };

describe("the outbox", () => {
  test("sends one after the other, in order", async () => {
    const { add, told, state } = open();
    add("a", "b");
    expect(state()).toEqual({ queued: 2, sinceMs: performance.now(), waiting: null });
    await vi.runAllTimersAsync();
    expect(told).toEqual(["send a", "settled a", "send b", "settled b"]);
    expect(state()).toEqual(idle);
    add("c");
    await vi.runAllTimersAsync();
    expect(told.slice(4)).toEqual(["send c", "settled c"]);
  });

  test("what is to be sent again comes before the rest", async () => {
    const { outbox, add, told } = open(new NetworkError("away"));
    add("a", "b");
    await vi.advanceTimersByTimeAsync(0);
    outbox.add(aGesture("first", []), { first: true });
    await vi.runAllTimersAsync();
    expect(told.filter((text) => text.startsWith("settled"))).toEqual([
      "settled a",
      "settled first",
      "settled b",
    ]);
  });

  test("waits twice as long after each failure of the network, half a minute at most", async () => {
    const { add, told } = open(...Array.from({ length: 9 }, () => new NetworkError("away")));
    const start = Date.now();
    add("a");
    const at: number[] = [];
    while (told.at(-1) !== "settled a") {
      const sent = told.length;
      await vi.advanceTimersToNextTimerAsync();
      if (told.length > sent) at.push(Date.now() - start);
    }
    expect(at).toEqual([500, 1_500, 3_500, 7_500, 15_500, 31_500, 61_500, 91_500, 121_500]);
  });

  test("429 keeps it from coming before it is asked to, and not much longer", async () => {
    const { add, told, state } = open(refused(429, { retryAfterSeconds: 5 }));
    add("a");
    await vi.advanceTimersByTimeAsync(4_999);
    expect(told).toEqual(["send a"]);
    expect(state()).toMatchObject({ queued: 1, waiting: { reason: "limited" } });
    await vi.advanceTimersByTimeAsync(300);
    expect(told).toEqual(["send a", "send a", "settled a"]);
  });

  test.each([
    ["503 with what it asks for", refused(503, { retryAfterSeconds: 2 })],
    ["502 of a proxy", refused(502)],
    ["504 of a proxy", refused(504)],
    ["409 while the same is still being done", refused(409, { code: "idempotency_in_progress" })],
    ["200 of something that is not this API", new ApiError(200, {})],
  ])("%s is tried again", async (_, error) => {
    const { add, told } = open(error);
    add("a");
    await vi.runAllTimersAsync();
    expect(told).toEqual(["send a", "send a", "settled a"]);
  });

  test.each([
    ["422", refused(422)],
    ["500", refused(500)],
    ["403 of something before the server", new ApiError(403, {})],
  ])("%s is final, and the next one goes on", async (status, error) => {
    const { add, told } = open(error);
    add("a", "b");
    await vi.runAllTimersAsync();
    expect(told).toEqual(["send a", `failed a: ${status.slice(0, 3)}`, "send b", "settled b"]);
  });

  test.each([
    ["nobody is signed in", new SessionEnded("over")],
    ["a new token is refused too", refused(401)],
  ])("when %s it waits for as long as it takes", async (_, error) => {
    const { outbox, add, told, state } = open(error);
    add("a", "b");
    await vi.advanceTimersByTimeAsync(3_600_000);
    add("c");
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(told).toEqual(["send a"]);
    expect(state()).toMatchObject({ queued: 3, waiting: { reason: "signed_out", untilMs: null } });
    outbox.retry();
    expect(state()?.waiting).toBeNull();
    await vi.runAllTimersAsync();
    expect(told.filter((text) => text.startsWith("settled"))).toEqual([
      "settled a",
      "settled b",
      "settled c",
    ]);
  });

  test("whoever asks for it need not wait, and it is sent once", async () => {
    const { outbox, add, told } = open(new NetworkError("away"), null, null);
    add("a");
    await vi.advanceTimersByTimeAsync(1);
    outbox.retry();
    outbox.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual(["send a", "send a", "settled a"]);
    await vi.runAllTimersAsync();
    expect(told).toHaveLength(3);
  });
});
