import type { Preferences, Task } from "@/lib/client/client";
import { questionOf } from "./failures";
import { type Gesture, makeKey, textsIn } from "./gestures";
import type { Journal } from "./journal";
import { createNotices } from "./notices";
import { type Places, placesOf } from "./order";
import type { OutboxState } from "./outbox";
import { type Gone, Replica } from "./replica";
import { Saving } from "./saving";
import type { Sender } from "./send";
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
  client: Sender;
};

type ActOptions = {
  /** Nothing is said beside, because the person sees it anyhow. */
  quiet?: boolean;
  /** What the person had before their eyes, where that is not what the board shows. */
  seen?: readonly Task[];
};

/** All that the pages show and do: the tasks, what was done to them and is not saved yet, and the way back. */
export class Board {
  readonly userId: string;
  readonly journal: Journal;
  readonly notices = createNotices();
  readonly preferences: Store<Preferences>;
  readonly store: Store<BoardState>;
  readonly #replica: Replica;
  readonly #saving: Saving;

  constructor({ userId, tasks, preferences, journal, client }: Options) {
    this.userId = userId;
    this.journal = journal;
    this.preferences = createStore(preferences);
    const replica = new Replica(userId, tasks);
    this.#replica = replica;
    this.store = createStore<BoardState>({
      tasks: new Map(replica.view),
      places: placesOf(replica.view.values()),
      outbox: { queued: 0, sinceMs: null, waiting: null },
      isReachable: true,
      isSignedOut: false,
      undoLabel: null,
      redoLabel: null,
    });
    const changed = () => this.#show();
    const waits = (outbox: OutboxState) => this.#wait(outbox);
    this.#saving = new Saving({ client, journal, notices: this.notices, replica, changed, waits });
  }

  view(): View {
    return this.store.get();
  }

  /** Shows it at once and saves it. */
  act({ label, operations }: Deed, { quiet = false, seen = [] }: ActOptions = {}): boolean {
    if (operations.length === 0) return false;
    const before = {
      ...this.#saving.seen(operations),
      ...Object.fromEntries(seen.map((task) => [task.id, task])),
    };
    const gesture = { key: makeKey(), label, at: this.#saving.moment(), operations, before };
    for (const operation of operations)
      this.notices.dismissAbout(questionOf(operation.id, textsIn(operation)));
    this.#saving.history.add(gesture);
    this.#saving.begin(gesture);
    this.notices.say(label);
    if (quiet) return true;
    const undo = () => void (this.#saving.history.isLast(gesture.key) && this.undo());
    this.notices.show({ kind: "done", text: `${label}.`, actions: [{ label: "Undo", run: undo }] });
    return true;
  }

  /** Gives back the task to look at. */
  undo(): string | null {
    const { history } = this.#saving;
    const said = `Undone: ${history.undoLabel}`;
    return this.#repeat(history.undo(this.#replica.view, this.#saving.moment()), said);
  }

  redo(): string | null {
    const { history } = this.#saving;
    const said = `Done again: ${history.redoLabel}`;
    return this.#repeat(history.redo(this.#replica.view, this.#saving.moment()), said);
  }

  /** Told by the server: a list that was read, or what was written elsewhere. */
  learn(tasks: readonly Task[], gone: readonly Gone[] = []): void {
    this.#replica.learn({ tasks, gone });
    this.#show();
  }

  replace(all: readonly Task[]): void {
    this.#replica.replace(all);
    this.#show();
  }

  reached(isReachable: boolean): void {
    const { isReachable: before, outbox } = this.store.get();
    if (before === isReachable) return;
    this.store.set({ isReachable });
    if (isReachable && outbox.waiting?.reason === "unreachable") this.retry();
  }

  /** Sends what waits, now. */
  retry(): void {
    this.#saving.retry();
  }

  signedOut(): void {
    this.store.set({ isSignedOut: true });
  }

  signedIn(): void {
    this.retry();
    this.store.set({ isSignedOut: false });
  }

  /** What an earlier life of the page left unsaved. */
  resume(): void {
    this.#saving.resume();
  }

  #repeat(gesture: Gesture | undefined, said: string): string | null {
    if (!gesture) return null;
    this.notices.dismissDone();
    this.#saving.begin(gesture);
    this.notices.say(said);
    return gesture.operations[0]?.id ?? null;
  }

  #show(): void {
    const { undoLabel, redoLabel } = this.#saving.history;
    this.store.set({
      tasks: new Map(this.#replica.view),
      places: placesOf(this.#replica.view.values(), this.store.get().places),
      undoLabel,
      redoLabel,
    });
  }

  #wait(outbox: OutboxState): void {
    this.store.set(outbox.waiting?.reason === "signed_out" ? { outbox, isSignedOut: true } : { outbox });
  }
}
