import { afterAll, afterEach, beforeAll } from "vitest";
import { adding, changing } from "@/lib/board/verbs";
import type { Person } from "../factories";
import { type Device, names, openDevice, readBoard } from "./board-device";
import { query } from "./database";
import { type InProcessApi, openApi } from "./in-process-api";

type Fetch = typeof fetch;

/** Devices of a person, on a real API that goes away with the test's file. */
export function boardsForTests() {
  const opened: Device[] = [];
  let api: InProcessApi;
  let person: Person;
  beforeAll(async () => {
    api = await openApi();
  }, 60_000);
  afterAll(() => api.close());
  afterEach(() => {
    for (const { live } of opened.splice(0)) live.stop();
  });

  async function open(options: { fetch?: Fetch; storage?: Storage } = {}): Promise<Device> {
    const device = await openDevice({ person, fetch: api.fetch, ...options });
    opened.push(device);
    return device;
  }

  /** Somebody new, with a device that has these tasks. */
  async function withTasks(...titles: string[]) {
    person = await api.person();
    const device = await open();
    const tasks = titles.map((title) => ({ title, place: "do" as const }));
    device.board.act(adding(device.board.view(), tasks, names));
    await device.saved();
    const ids = titles.map((title) => device.tasks().find((task) => task.title === title)?.id ?? "");
    return { device, ids, id: ids[0] ?? "" };
  }

  /** What is to fail does so before it is done, or after. */
  const failing = (isLost: (path: string) => boolean, when: "before" | "after"): Fetch => {
    return async (input, init) => {
      const isFailing = isLost(String(input));
      if (isFailing && when === "before") throw new TypeError("Failed to fetch");
      const response = await api.fetch(String(input), init);
      if (isFailing) throw new TypeError("Failed to fetch");
      return response;
    };
  };

  const send: Fetch = (input, init) => api.fetch(String(input), init);
  /** As after a day: what was sent then is new to the server. */
  const nextDay = () => query(api.databaseUrl, "delete from idempotency_keys");

  return { open, withTasks, failing, send, nextDay };
}

export const change = ({ board }: Device, id: string, fields: Parameters<typeof changing>[2]) =>
  board.act(changing(board.view(), id, fields));

export const stored = async ({ client }: Device) => (await readBoard(client)).tasks;
