import type { Task } from "@/lib/client/client";
import { apply, type Operation } from "./apply";
import type { Gesture } from "./gestures";

/** To the trash or for good, as far as is known with this version. */
export type Gone = { id: string; version?: number };

type Told = { tasks?: readonly Task[]; gone?: readonly Gone[] };

/**
 * The tasks as the server last told them, and over them what the person has done since: every gesture shows at once, and
 * stays until the server has it or has refused it.
 */
export class Replica {
  readonly #userId: string;
  readonly #base: Map<string, Task>;
  readonly #view: Map<string, Task>;
  /** With which version a task went: an answer of before that brings nothing back. */
  readonly #buried = new Map<string, number>();
  #pending: readonly Gesture[] = [];

  constructor(userId: string, tasks: readonly Task[]) {
    this.#userId = userId;
    this.#base = new Map(tasks.map((task) => [task.id, task]));
    this.#view = new Map(this.#base);
  }

  get base(): ReadonlyMap<string, Task> {
    return this.#base;
  }

  get view(): ReadonlyMap<string, Task> {
    return this.#view;
  }

  get pending(): readonly Gesture[] {
    return this.#pending;
  }

  /** An answer that was overtaken says nothing new. */
  learn({ tasks = [], gone = [] }: Told): void {
    for (const task of tasks) {
      const { id, version } = task;
      if (version < (this.#base.get(id)?.version ?? 0) || version <= (this.#buried.get(id) ?? -1)) continue;
      this.#base.set(id, task);
      this.#buried.delete(id);
    }
    for (const { id, version = this.#base.get(id)?.version ?? 0 } of gone) {
      if ((this.#base.get(id)?.version ?? 0) > version) continue;
      this.#base.delete(id);
      this.#buried.set(id, Math.max(version, this.#buried.get(id) ?? 0));
    }
    this.#rebuild([...tasks, ...gone]);
  }

  /** After a full sync: what was not told is gone, or came while it ran and is told next. */
  replace(all: readonly Task[]): void {
    const told = new Set(all.map(({ id }) => id));
    const others = [...this.#base.values()].filter(({ id }) => !told.has(id));
    for (const { id } of others) this.#base.delete(id);
    this.#rebuild(others);
    this.learn({ tasks: all });
  }

  begin(gesture: Gesture, { first = false } = {}): void {
    this.#pending = first ? [gesture, ...this.#pending] : [...this.#pending, gesture];
    this.#rebuild(gesture.operations);
  }

  /** Its effect is in what the server told, or will not come. */
  end(gesture: Gesture, told: Told = {}): void {
    this.#pending = this.#pending.filter(({ key }) => key !== gesture.key);
    this.learn(told);
    this.#rebuild(gesture.operations);
  }

  #rebuild(changed: readonly { id: string }[]): void {
    const found = new Map(changed.map(({ id }) => [id, this.#base.get(id)]));
    for (const { operations, before, at } of this.#pending)
      for (const operation of operations) {
        const { id } = operation;
        if (!found.has(id)) continue;
        const task = found.get(id) ?? lost(operation, before);
        found.set(id, apply(task, operation, { at, userId: this.#userId }));
      }
    for (const [id, task] of found)
      if (task) this.#view.set(id, task);
      else this.#view.delete(id);
  }
}

/** The server does not tell what is in the trash. */
const lost = ({ op, id }: Operation, before: Gesture["before"]) =>
  op === "restore" ? before[id] : undefined;
