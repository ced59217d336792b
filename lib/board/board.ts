import type { Client, Preferences, Task } from "@/lib/client/client";
import { explainFailure, explainRefusals } from "./failures";
import { type Gesture, makeKey, withVersions } from "./gestures";
import { createHistory } from "./history";
import type { Journal } from "./journal";
import { createNotices } from "./notices";
import { type Places, placesOf } from "./order";
import { createOutbox, type OutboxState } from "./outbox";
import { createReplica, type Replica } from "./replica";
import { type Outcome, send } from "./send";
import { createStore, type Store } from "./store";
import type { Deed, View } from "./verbs";

export type BoardState = {
  /** All that is known, the completed and the deleted too. */
  tasks: ReadonlyMap<string, Task>;
  /** The open ones, in order. */
  places: Places;
  outbox: OutboxState;
  isReachable: boolean;
  /** Somebody has to sign in before anything more can be saved. */
  isSignedOut: boolean;
  undoLabel: string | null;
  redoLabel: string | null;
};

type Options = {
  userId: string;
  tasks: readonly Task[];
  preferences: Preferences;
  journal: Journal;
  client: Pick<Client, "batch" | "changes">;
};

/** All that the pages show and do: the tasks, what was done to them and is not saved yet, and the way back. */
export class Board {
  readonly userId: string;
  readonly journal: Journal;
  readonly notices = createNotices();
  readonly preferences: Store<Preferences>;
  readonly store: Store<BoardState>;
  readonly #client: Options["client"];
  readonly #replica: Replica;
  readonly #history = createHistory();
  readonly #changeIds = new Map<string, readonly string[]>();
  readonly #outbox = createOutbox({
    send: (gesture) => this.#send(gesture),
    settled: (gesture, outcome) => this.#settle(gesture, outcome),
    failed: (gesture, error) => this.#giveUp(gesture, error),
    changed: (outbox) =>
      this.store.set(outbox.waiting?.reason === "signed_out" ? { outbox, isSignedOut: true } : { outbox }),
  });

  constructor({ userId, tasks, preferences, journal, client }: Options) {
    this.userId = userId;
    this.journal = journal;
    this.preferences = createStore(preferences);
    this.#client = client;
    this.#replica = createReplica(userId, tasks);
    this.store = createStore<BoardState>({
      tasks: new Map(this.#replica.view),
      places: placesOf(this.#replica.view.values()),
      outbox: { queued: 0, sinceMs: null, waiting: null },
      isReachable: true,
      isSignedOut: false,
      undoLabel: null,
      redoLabel: null,
    });
  }

  view(): View {
    return this.store.get();
  }

  /** Shows it at once and saves it. `quiet`: nothing is said beside, because the person sees it anyhow. */
  act({ label, operations }: Deed, { quiet = false } = {}): boolean {
    if (operations.length === 0) return false;
    const known = operations.flatMap(({ id }) => this.#replica.view.get(id) ?? []);
    const before = Object.fromEntries(known.map((task) => [task.id, task]));
    const gesture = { key: makeKey(), label, at: new Date().toISOString(), operations, before };
    this.#history.add(gesture);
    this.#begin(gesture);
    this.notices.say(label);
    const actions = [{ label: "Undo", run: () => void this.undo() }];
    if (!quiet) this.notices.show({ kind: "done", text: `${label}.`, actions });
    return true;
  }

  /** Gives back the task to look at. */
  undo(): string | null {
    const said = `Undone: ${this.#history.undoLabel()}`;
    return this.#repeat(this.#history.undo(this.#replica.view), said);
  }

  redo(): string | null {
    const said = `Done again: ${this.#history.redoLabel()}`;
    return this.#repeat(this.#history.redo(this.#replica.view), said);
  }

  /** Told by the server: a list that was read, or what was written elsewhere. */
  learn(upserted: readonly Task[], deleted: readonly string[] = []): void {
    this.#replica.learn(upserted);
    this.#replica.forget(deleted);
    this.#show();
  }

  replace(all: readonly Task[]): void {
    this.#replica.replace(all);
    this.#show();
  }

  reached(isReachable: boolean): void {
    const { isReachable: before, outbox } = this.store.get();
    if (before !== isReachable) this.store.set({ isReachable });
    if (isReachable && outbox.waiting?.reason === "unreachable") this.retry();
  }

  /** Sends what waits, now. */
  retry(): void {
    this.#outbox.retry();
  }

  signedOut(): void {
    this.store.set({ isSignedOut: true });
  }

  signedIn(): void {
    this.store.set({ isSignedOut: false });
    this.retry();
  }

  /** What an earlier life of the page left unsaved. */
  resume(): void {
    for (const gesture of this.journal.left()) {
      this.#replica.begin(gesture);
      this.#outbox.add(gesture);
    }
    this.#show();
  }

  #show(): void {
    this.store.set({
      tasks: new Map(this.#replica.view),
      places: placesOf(this.#replica.view.values(), this.store.get().places),
      undoLabel: this.#history.undoLabel(),
      redoLabel: this.#history.redoLabel(),
    });
  }

  #begin(gesture: Gesture): void {
    this.journal.keep(gesture);
    this.#replica.begin(gesture);
    this.#show();
    this.#outbox.add(gesture);
  }

  #repeat(gesture: Gesture | undefined, said: string): string | null {
    if (!gesture?.undoes) return null;
    const changeIds = this.#changeIds.get(gesture.undoes);
    this.notices.dismissDone();
    this.#begin(changeIds ? { ...gesture, changeIds } : gesture);
    this.notices.say(said);
    return gesture.operations[0]?.id ?? null;
  }

  #send(gesture: Gesture): Promise<Outcome> {
    if (!gesture.undoes) gesture.operations = withVersions(gesture.operations, this.#replica.base);
    this.journal.keep(gesture);
    const known = this.#changeIds.get(gesture.undoes ?? "") ?? gesture.changeIds;
    return send(this.#client, gesture, known ?? []);
  }

  #settle(gesture: Gesture, outcome: Outcome): void {
    this.journal.drop(gesture.key);
    const first = gesture.continues ?? gesture.key;
    this.#changeIds.set(first, [...(this.#changeIds.get(first) ?? []), ...outcome.changeIds]);
    if (outcome.again.length > 0) {
      const rest = { ...gesture, key: makeKey(), operations: outcome.again, continues: first };
      this.#replica.begin(rest, { first: true });
      this.#outbox.add(rest, { first: true });
    }
    this.#replica.end(gesture, outcome.tasks);
    this.#replica.forget(outcome.gone);
    if (outcome.refused.length === gesture.operations.length) this.#history.forget(gesture.key);
    this.#show();
    explainRefusals(this.notices, gesture, outcome, (failed) => this.#begin(renewed(failed)));
  }

  #giveUp(gesture: Gesture, error: unknown): void {
    this.journal.drop(gesture.key);
    this.#replica.end(gesture);
    this.#history.forget(gesture.key);
    this.#show();
    explainFailure(this.notices, gesture, error, (failed) => this.#begin(renewed(failed)));
  }
}

const renewed = (gesture: Gesture): Gesture => ({
  ...gesture,
  key: makeKey(),
  operations: gesture.operations.map(({ if_match: _, ...operation }) => operation),
});
