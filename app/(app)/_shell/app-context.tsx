"use client";

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { Board, type BoardState } from "@/lib/board/board";
import { createJournal } from "@/lib/board/journal";
import { Live } from "@/lib/board/live";
import { createTokens } from "@/lib/board/session";
import { createStore, type Store } from "@/lib/board/store";
import { type Client, createClient, type Preferences, type Profile, type Task } from "@/lib/client/client";
import { createUi, type Ui } from "./ui";

/** What the server knows when it makes the page. */
export type Initial = {
  profile: Profile;
  /** As text, which a browser reads many times as fast as the objects of a page. */
  tasks: string;
  /** From where to follow what is written later. */
  token: string;
  /** Nothing was ever written on this board. */
  isNew: boolean;
  now: string;
  locale: string;
};

type App = {
  board: Board;
  client: Client;
  live: Live;
  ui: Ui;
  clock: Store<{ now: Date }>;
  initial: Initial;
};

const TICK_MS = 30_000;

const AppContext = createContext<App | null>(null);

export function AppProvider({ initial, children }: { initial: Initial; children: ReactNode }) {
  const [app] = useState(() => createApp(initial));
  useEffect(() => follow(app), [app]);
  return <AppContext value={app}>{children}</AppContext>;
}

function createApp(initial: Initial): App {
  const { user_id: userId, preferences } = initial.profile;
  const storage = typeof localStorage === "undefined" ? undefined : localStorage;
  const token = createTokens({
    fetch: (...request) => fetch(...request),
    ended: () => board.signedOut(),
  });
  const client = createClient({ baseUrl: "", token });
  const board: Board = new Board({
    userId,
    tasks: JSON.parse(initial.tasks) as Task[],
    preferences,
    journal: createJournal(storage, userId),
    client: createClient({ baseUrl: "", token, retry: { attempts: 1 } }),
  });
  const live = new Live({
    client,
    token: initial.token,
    changed: (upserted, deleted) => board.learn(upserted, deleted),
    replaced: (all) => board.replace(all),
    reached: (isReachable) => board.reached(isReachable),
  });
  const clock = createStore({ now: new Date(initial.now) });
  return { board, client, live, ui: createUi(), clock, initial };
}

/** While the page is looked at, it shows what happens elsewhere. */
function follow({ board, live, clock }: App): () => void {
  const look = () => (document.visibilityState === "visible" ? live.start() : live.stop());
  const online = () => {
    board.reached(true);
    board.retry();
  };
  const offline = () => board.reached(false);
  const tick = () => clock.set({ now: new Date() });
  const ticking = setInterval(tick, TICK_MS);
  tick();
  board.resume();
  look();
  // Before this a key or a click would go nowhere; styles and tests may wait for it.
  document.documentElement.dataset.ready = "";
  document.addEventListener("visibilitychange", look);
  window.addEventListener("online", online);
  window.addEventListener("offline", offline);
  return () => {
    clearInterval(ticking);
    live.stop();
    document.removeEventListener("visibilitychange", look);
    window.removeEventListener("online", online);
    window.removeEventListener("offline", offline);
  };
}

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error("This belongs inside the pages of a person who is signed in.");
  return app;
}

export const useBoard = (): Board => useApp().board;

/** The typed client of the API, as the person who is signed in. */
export const useApi = (): Client => useApp().client;

export function useStore<T extends object, Part>(store: Store<T>, select: (state: T) => Part): Part {
  const read = () => select(store.get());
  // A part of the page may be taken over later than the rest: it begins with what the server saw as well.
  return useSyncExternalStore(store.subscribe, read, () => select(store.first()));
}

/** Must give back the very same for the same state: pick, do not build. */
export const useBoardState = <Part,>(select: (state: BoardState) => Part): Part =>
  useStore(useBoard().store, select);

export const usePreferences = (): Preferences => useStore(useBoard().preferences, (state) => state);
