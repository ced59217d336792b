import { ApiError, type Client, type Task } from "@/lib/client/client";
import type { Gone } from "./replica";
import { SessionEnded } from "./session";

/** How long the server may hold an answer back while nothing happens. */
const WAIT_SECONDS = 20;
/** Between two questions where the server does not hold answers back: others' changes show within two seconds. */
const PAUSE_MS = 1_500;
const AFTER_ERROR_MS = 3_000;

type Options = {
  client: { sync: Pick<Client["sync"], "list"> };
  token: string;
  changed(upserted: Task[], gone: Gone[]): void;
  replaced(all: Task[]): void;
  /** Whether the server can be reached. */
  reached(isReached: boolean): void;
};

/** Follows what is written elsewhere, from where the page began, for as long as it runs. */
export class Live {
  readonly #options: Options;
  #token: string | undefined;
  #running: AbortController | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#token = options.token;
  }

  start(): void {
    if (this.#running) return;
    const own = new AbortController();
    this.#running = own;
    void this.#follow(own.signal).finally(() => {
      if (this.#running === own) this.#running = undefined;
    });
  }

  stop(): void {
    this.#running?.abort(new DOMException("The page is not looked at.", "AbortError"));
    this.#running = undefined;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const startedMs = Date.now();
        const isNew = await (this.#token === undefined
          ? this.#readAll(signal)
          : this.#readOn(this.#token, signal));
        this.#options.reached(true);
        if (!isNew && Date.now() - startedMs < PAUSE_MS) await pause(PAUSE_MS, signal);
      } catch (error) {
        if (signal.aborted || error instanceof SessionEnded) return;
        await this.#recover(error, signal);
      }
    }
  }

  async #recover(error: unknown, signal: AbortSignal): Promise<void> {
    if (error instanceof ApiError && error.code === "sync_token_expired") {
      this.#token = undefined;
      return;
    }
    this.#options.reached(error instanceof ApiError && error.status < 500);
    await pause(AFTER_ERROR_MS, signal);
  }

  async #readOn(token: string, signal: AbortSignal): Promise<boolean> {
    const query = { token, wait: WAIT_SECONDS, limit: 500 };
    const { data } = await this.#options.client.sync.list(query, { signal });
    this.#token = data.next_token;
    const last = [...new Map(data.changes.map((change) => [change.entity_id, change])).values()];
    const upserted = last.flatMap(({ object }) => object ?? []);
    const deleted = last.filter(({ op }) => op === "delete");
    const gone = deleted.map(({ entity_id: id, version }) => ({ id, version }));
    if (last.length > 0) this.#options.changed(upserted, gone);
    return last.length > 0;
  }

  async #readAll(signal: AbortSignal): Promise<boolean> {
    const all: Task[] = [];
    for (let next: string | undefined, isDone = false; !isDone; ) {
      const query = { limit: 500, ...(next && { token: next }) };
      const { data } = await this.#options.client.sync.list(query, { signal });
      all.push(...data.changes.flatMap(({ object }) => object ?? []));
      next = data.next_token;
      isDone = !data.has_more;
      if (isDone) this.#token = next;
    }
    this.#options.replaced(all);
    return true;
  }
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
