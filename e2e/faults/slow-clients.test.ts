import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { createPerson } from "@/e2e/factories";
import { type Answer, ask, createTask, repeat, usualMs } from "@/e2e/support/load";
import { build } from "@/scripts/launch/build";
import { serve } from "./serve";

const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;

/** How often the server looks, and a busy machine. */
const MARGIN_MS = 4_000;

beforeAll(() => build(), 300_000);

/** Sends this, and then a byte every second, until the server has had enough; returns how long it had patience. */
async function dawdle(url: string, beginning: string, rest = ""): Promise<number> {
  const { hostname: host, port } = new URL(url);
  const socket = connect({ host, port: Number(port) });
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => {}).resume();
  await once(socket, "connect");
  const beganAt = performance.now();
  socket.write(beginning);
  const timer = rest ? setInterval(() => socket.write(rest), 1_000) : undefined;
  // Not `once`: a reset is an end like any other.
  await new Promise((resolve) => socket.on("close", resolve));
  clearInterval(timer);
  return performance.now() - beganAt;
}

const many = (count: number, work: () => Promise<number>) =>
  Promise.all(Array.from({ length: count }, work)).then((times) => Math.max(...times));

test("1,000 clients that send half a head and 200 that send a body by the byte hold up nobody and are closed in time", {
  timeout: 120_000,
}, async () => {
  const { url, databaseUrl } = await serve();
  const person = await createPerson(databaseUrl);
  const body = `POST /api/v1/tasks HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${person.token}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{`;
  const slow = Promise.all([
    many(200, () => dawdle(url, "")),
    many(600, () => dawdle(url, "GET /health HTTP/1.1\r\nhost: a\r\nx")),
    many(200, () => dawdle(url, "GET /health HTTP/1.1\r\nhost: a\r\nx-", "x")),
    many(200, () => dawdle(url, body, " ")),
  ]);
  const answers: Answer[] = [];
  const stop = repeat([
    async () => {
      answers.push(await ask(url, person), await ask(url, createTask(person, "Milk")));
      await sleep(50);
    },
  ]);
  onTestFinished(stop);
  const [silent, half, dripping, bodies] = await slow;
  await stop();

  expect(Math.max(silent, half, dripping)).toBeLessThan(HEADERS_MS + MARGIN_MS);
  expect(bodies).toBeLessThan(REQUEST_MS + MARGIN_MS);
  expect(bodies).toBeGreaterThan(HEADERS_MS + MARGIN_MS);
  expect(answers.filter(({ status }) => status !== 200 && status !== 201)).toEqual([]);
  expect(answers.length).toBeGreaterThan(100);
  expect(usualMs(answers)).toBeLessThan(500);
});
