import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Order } from "@/e2e/support/metrics-worker";
import { answerMetrics } from "./cluster-metrics";

const TOKEN = "mZ8vQ2kLw7RtYxBnC4pHsD9fGjE1aU6oTi3VbNqXeKM";

type Told = { ready?: true; recorded?: number; text?: string };

beforeAll(() => {
  cluster.setupPrimary({ exec: "scripts/run.mjs", args: ["e2e/support/metrics-worker.ts"] });
  answerMetrics();
});

afterAll(async () => {
  const ended = Object.values(cluster.workers ?? {}).map((worker) => worker && once(worker, "exit"));
  for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill("SIGKILL");
  await Promise.all(ended);
});

function told(worker: Worker, what: keyof Told): Promise<Told> {
  return new Promise((resolve) => {
    const look = (message: Told) => {
      if (message[what] === undefined) return;
      worker.off("message", look);
      resolve(message);
    };
    worker.on("message", look);
  });
}

async function fork(): Promise<Worker> {
  const worker = cluster.fork({ METRICS_TOKEN: TOKEN });
  await told(worker, "ready");
  return worker;
}

async function order(worker: Worker, given: Order, answer: keyof Told): Promise<Told> {
  const answered = told(worker, answer);
  worker.send(given);
  return answered;
}

const record = (worker: Worker, requests: number) => order(worker, { requests }, "recorded");

async function countedBy(worker: Worker): Promise<number> {
  const { text = "" } = await order(worker, { wanted: true }, "text");
  const line = /fourfold_http_request_duration_seconds_count\{.*route="\/api\/v1\/tasks".*\} (\d+)/.exec(
    text,
  );
  return Number(line?.[1]);
}

test("whoever is asked shows what all have counted, those that are gone and those that hang too", async () => {
  const [first, second] = [await fork(), await fork()];
  await record(first, 2);
  await record(second, 3);
  expect([await countedBy(first), await countedBy(second)]).toEqual([5, 5]);

  const { text = "" } = await order(first, { wanted: true }, "text");
  expect(text).toContain('_bucket{le="0.005",method="GET",route="/api/v1/tasks",status="200"} 5');
  expect(text).toContain('_bucket{le="0.0025",method="GET",route="/api/v1/tasks",status="200"} 0');
  expect(text).toContain("fourfold_database_connections_max 20");

  const gone = once(second, "exit");
  second.process.kill("SIGKILL");
  await gone;
  expect(await countedBy(first)).toBe(5);

  const third = await fork();
  await record(third, 1);
  expect(await countedBy(first)).toBe(6);
  third.process.kill("SIGSTOP");
  await record(first, 1);
  expect(await countedBy(first)).toBe(7);
  third.process.kill("SIGCONT");
  expect(await countedBy(third)).toBe(7);
}, 60_000);
