import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adding } from "@/lib/board/verbs";
import type { Task } from "@/lib/client/client";
import { type Device, names, openDevice, readBoard } from "../support/board-device";
import { FAULTS, type Fault, perform, type Step, stepOf } from "../support/board-gestures";
import { type InProcessApi, openApi } from "../support/in-process-api";

const BUDGET_MS = 20_000;

let api: InProcessApi;

beforeAll(async () => {
  api = await openApi();
}, 60_000);

/** Of runs that the budget has interrupted there are devices left, and nobody answers them from here on. */
const left = new Set<() => void>();

afterAll(async () => {
  for (const stop of left) stop();
  left.clear();
  await api.close();
});

/** A network that meets every write with the next fault, and knows what was carried out, and how often. */
function network(faults: readonly Fault[]) {
  const left = [...faults];
  const done: string[] = [];
  const refusals: string[] = [];
  const send = async (input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> => {
    const path = String(input);
    const fault = path.includes("/sync") ? "none" : left.shift();
    if (fault === "lost") throw new TypeError("Failed to fetch");
    if (fault === "503") return Response.json({ code: "unavailable", detail: "x" }, { status: 503 });
    if (fault === "slow") await new Promise((resolve) => setTimeout(resolve, 20));
    const response = await api.fetch(path, init);
    const key = new Headers(init?.headers).get("idempotency-key");
    if (key && response.ok && !response.headers.has("idempotent-replayed")) done.push(key);
    if (key && response.status === 422) refusals.push(await response.clone().text());
    if (fault === "answer lost") throw new TypeError("Failed to fetch");
    return response;
  };
  return { fetch: send, done, refusals };
}

/** Somebody who tries again at once, so that a run takes no longer than its requests. */
function impatient({ board }: Device): () => void {
  const stop = board.store.subscribe(() => {
    if (board.store.get().outbox.waiting) setImmediate(() => left.has(stop) && board.retry());
  });
  left.add(stop);
  return () => {
    left.delete(stop);
    stop();
  };
}

async function openDevices(faults: readonly Fault[], count: number) {
  const person = await api.person();
  const first = await openDevice({ person, fetch: api.fetch });
  const tasks = ["A", "B", "C", "D", "E", "F"].map((title, index) => {
    const place = index % 2 ? ("do" as const) : ("schedule" as const);
    return { title, place };
  });
  first.board.act(adding(first.board.view(), tasks, names));
  await first.saved();
  const line = network(faults);
  const devices: Device[] = [];
  for (let nth = 0; nth < count; nth += 1) devices.push(await openDevice({ person, fetch: line.fetch }));
  return { devices, line, truth: async () => (await readBoard(first.client)).tasks };
}

/** Each step after some of the requests of the last one, and with the devices in touch for some of the time. */
async function play(devices: readonly Device[], steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const device = devices[step.device % devices.length];
    if (!device) continue;
    if (step.more % 5 === 1) device.live.start();
    if (step.more % 5 === 2) device.live.stop();
    perform(device, step);
    if (step.nth % 3 === 0) await new Promise((resolve) => setTimeout(resolve, step.nth % 2 ? 8 : 0));
    if (step.nth % 7 === 0) await device.saved();
  }
}

/** Once nothing waits and everybody has heard of everything. */
async function settle(devices: readonly Device[], truth: () => Promise<Task[]>): Promise<Task[]> {
  await Promise.all(devices.map((device) => device.saved()));
  const tasks = await truth();
  const newest = new Map(tasks.map(({ id, version }) => [id, version]));
  for (const device of devices) {
    device.live.start();
    await device.shows(() => {
      const known = device.tasks();
      return known.length === tasks.length && known.every(({ id, version }) => newest.get(id) === version);
    });
    device.live.stop();
  }
  return tasks;
}

const EXPLAINED =
  /was changed elsewhere meanwhile|It was deleted elsewhere|It was changed again since|failed for \d+ of \d+/;

const steps = (devices: number) => fc.array(stepOf(devices), { minLength: 4, maxLength: 30 });
const faults = fc.array(fc.constantFrom(...FAULTS), { maxLength: 40 });

const within = (budgetMs: number) => ({ numRuns: 60, interruptAfterTimeLimit: budgetMs, endOnFailure: true });

test("two devices that do anything at once, over a bad network, end with what the server has, and nothing twice", async () => {
  let runs = 0;
  const property = fc.asyncProperty(steps(2), faults, async (steps, faults) => {
    const { devices, line, truth } = await openDevices(faults, 2);
    const stops = devices.map(impatient);
    await play(devices, steps);
    const tasks = await settle(devices, truth);
    for (const stop of stops) stop();
    for (const device of devices) {
      expect(device.tasks()).toEqual(tasks);
      expect(device.storage.length).toBe(0);
      for (const { text, lines } of device.errors()) expect([text, ...lines].join(" ")).toMatch(EXPLAINED);
    }
    expect(line.done).toHaveLength(new Set(line.done).size);
    expect(line.refusals).toEqual([]);
    runs += 1;
  });
  await fc.assert(property, within(BUDGET_MS));
  expect(runs).toBeGreaterThan(5);
}, 60_000);

const comparable = (tasks: readonly Task[]) => tasks.map(({ version: _, updated_at: __, ...task }) => task);

test("who is alone is told of no conflict, and undoing everything brings back what there was", async () => {
  let runs = 0;
  const property = fc.asyncProperty(steps(1), faults, async (steps, faults) => {
    const { devices, truth } = await openDevices(faults, 1);
    const [device] = devices;
    if (!device) throw new Error("There is no device.");
    const before = comparable(device.tasks());
    const stop = impatient(device);
    await play(devices, steps);
    const { board } = device;
    while (board.store.get().undoLabel !== null) board.undo();
    const shown = comparable(device.tasks());
    const after = await settle(devices, truth);
    stop();
    expect(device.errors()).toEqual([]);
    expect(comparable(after)).toEqual(before);
    expect(shown.map(({ id, title, position }) => [id, title, position])).toEqual(
      before.map(({ id, title, position }) => [id, title, position]),
    );
    runs += 1;
  });
  await fc.assert(property, within(BUDGET_MS));
  expect(runs).toBeGreaterThan(5);
}, 60_000);
