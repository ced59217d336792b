import type { Task } from "@/lib/client/client";
import { explainFailure, explainRefusals } from "./failures";
import { type Gesture, makeKey, withVersions } from "./gestures";
import { History } from "./history";
import { type Journal, notesDraft } from "./journal";
import type { Notices } from "./notices";
import { Outbox, type OutboxState } from "./outbox";
import type { Replica } from "./replica";
import { nothing, type Outcome, type Sender, send } from "./send";

type Parts = {
  client: Sender;
  journal: Journal;
  notices: Notices;
  replica: Replica;
  /** Something else is to be shown. */
  changed(): void;
  waits(outbox: OutboxState): void;
};

/** The way of every gesture: shown and kept at once, sent in its turn, and over once it is known what came of it. */
export class Saving {
  readonly history = new History();
  readonly #parts: Parts;
  /** What the journal has, too. */
  readonly #kept = new Set<string>();
  readonly #outbox: Outbox;
  #lastMs = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#outbox = new Outbox({
      send: (gesture) => this.#send(gesture),
      settled: (gesture, outcome) => this.#settle(gesture, outcome),
      failed: (gesture, error) => this.#giveUp(gesture, error),
      changed: parts.waits,
    });
  }

  begin(gesture: Gesture, options?: { first: boolean }): void {
    this.#keep(gesture);
    this.#parts.replica.begin(gesture, options);
    this.#parts.changed();
    this.#outbox.add(gesture, options);
  }

  /** What an earlier life of the page left; what another page of the browser is at, too: it is done once. */
  resume(): void {
    for (const gesture of this.#parts.journal.left()) {
      if (this.#kept.has(gesture.key)) continue;
      this.#lastMs = Math.max(this.#lastMs, Date.parse(gesture.at));
      this.begin(gesture);
    }
  }

  retry(): void {
    this.#outbox.retry();
  }

  /** In the order in which things were done, whatever happens to the clock. */
  moment(): string {
    this.#lastMs = Math.max(Date.now(), this.#lastMs + 1);
    return new Date(this.#lastMs).toISOString();
  }

  /** The tasks as they are shown now. */
  seen(operations: Gesture["operations"]): Record<string, Task> {
    const tasks = operations.flatMap(({ id }) => this.#parts.replica.view.get(id) ?? []);
    return Object.fromEntries(tasks.map((task) => [task.id, task]));
  }

  #keep(gesture: Gesture): void {
    if (this.#parts.journal.keep(gesture)) this.#kept.add(gesture.key);
  }

  /** As it would be done now. */
  #again({ isSent: _, continues: __, ...gesture }: Gesture): void {
    const operations = gesture.operations.map(({ if_match: _, ...operation }) => operation);
    const before = { ...gesture.before, ...this.seen(operations) };
    const renewed = { ...gesture, key: makeKey(), at: this.moment(), operations, before };
    if (!gesture.undoes) this.history.add(renewed);
    this.begin(renewed);
  }

  async #send(gesture: Gesture): Promise<Outcome> {
    const { client, journal, replica } = this.#parts;
    // Then another page of this browser got it through.
    if (this.#kept.has(gesture.key) && !journal.has(gesture.key)) return nothing();
    if (!gesture.isSent) {
      gesture.operations = withVersions(gesture, replica.base);
      gesture.isSent = true;
      this.#keep(gesture);
    }
    return send(client, gesture);
  }

  #settle(gesture: Gesture, outcome: Outcome): void {
    const { again, changeIds, refused } = outcome;
    const first = gesture.continues ?? gesture.key;
    this.history.settle(first, changeIds);
    for (const later of this.#parts.replica.pending)
      if (later.undoes === first) {
        later.changeIds = [...(later.changeIds ?? []), ...changeIds];
        this.#keep(later);
      }
    const { isSent: _, ...rest } = { ...gesture, key: makeKey(), operations: again, continues: first };
    if (again.length > 0) this.begin(rest, { first: true });
    else this.history.forgetEmpty(first);
    this.#end(gesture, outcome);
    explainRefusals(this.#parts.notices, gesture, refused, {
      again: (failed) => this.#again(failed),
      letGo: ({ id }) => this.#parts.journal.dropDraft(notesDraft(id)),
    });
  }

  #giveUp(gesture: Gesture, error: unknown): void {
    this.history.forgetEmpty(gesture.continues ?? gesture.key);
    this.#end(gesture);
    explainFailure(this.#parts.notices, gesture, error, (failed) => this.#again(failed));
  }

  #end(gesture: Gesture, outcome?: Outcome): void {
    this.#parts.journal.drop(gesture.key);
    this.#kept.delete(gesture.key);
    this.#parts.replica.end(gesture, outcome);
    this.#parts.changed();
  }
}
