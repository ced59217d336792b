import { Board } from "@/lib/board/board";
import { createJournal } from "@/lib/board/journal";
import { Live } from "@/lib/board/live";
import type { Place } from "@/lib/board/quadrants";
import { createClient, type Preferences, type Task } from "@/lib/client/client";
import type { Person } from "../factories";
import { memoryStorage } from "./board-samples";

const PREFERENCES: Preferences = {
  time_zone: null,
  week_start: "monday",
  date_format: "locale",
  theme: "system",
  density: "comfortable",
  shortcuts: true,
  tips: true,
  quadrant_names: { do: "Do", schedule: "Schedule", delegate: "Delegate", drop: "Drop" },
};

export const names = (place: Place) => place;

type Options = { person: Person; fetch: typeof fetch; storage?: Storage };

/** What one page of one browser runs, without the page. */
export async function openDevice({
  person: { id: userId, token },
  fetch,
  storage = memoryStorage(),
}: Options) {
  const client = createClient({ baseUrl: "", token: () => token, fetch });
  const { tasks, next } = await readBoard(client);
  const board = new Board({
    userId,
    tasks,
    preferences: PREFERENCES,
    journal: createJournal(storage, userId),
    client: createClient({ baseUrl: "", token: () => token, fetch, retry: { attempts: 1 } }),
  });
  const live = new Live({
    client,
    token: next,
    changed: (changed, gone) => board.learn(changed, gone),
    replaced: (all) => board.replace(all),
    reached: (isReachable) => board.reached(isReachable),
  });
  return { board, live, client, storage, ...looksOf(board) };
}

export type Device = Awaited<ReturnType<typeof openDevice>>;

function looksOf(board: Board) {
  return {
    /** Once nothing waits any more. */
    saved: () => until(board, () => board.store.get().outbox.queued === 0),
    /** Once it shows this. */
    shows: (isShown: (board: Board) => boolean) => until(board, () => isShown(board)),
    errors: () => board.notices.store.get().list.filter(({ kind }) => kind === "error"),
    task: (id: string) => board.view().tasks.get(id),
    tasks: () => [...board.view().tasks.values()].filter(({ deleted_at }) => !deleted_at).sort(byId),
  };
}

export const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

const until = (board: Board, isSo: () => boolean) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (!isSo()) return;
      stop();
      resolve();
    };
    const stop = board.store.subscribe(look);
    look();
  });

/** All that the server has, and from where to follow it. */
export async function readBoard({ sync }: Pick<ReturnType<typeof createClient>, "sync">) {
  const tasks: Task[] = [];
  for (let token: string | undefined; ; ) {
    const { data } = await sync.list({ limit: 500, ...(token && { token }) });
    tasks.push(...data.changes.flatMap(({ object }) => object ?? []));
    token = data.next_token;
    if (!data.has_more) return { tasks: tasks.sort(byId), next: token };
  }
}
