import type { Task } from "@/lib/client/client";
import { type Gesture, inverseOf, makeKey } from "./gestures";

const KEPT = 100;

type Step = {
  label: string;
  /** What was done last about it: the gesture itself, its undoing, or its doing again. */
  last: Gesture;
  /** What the server calls that, as far as it is known. */
  changeIds: readonly string[];
};

type Tasks = ReadonlyMap<string, Task>;

/** One line of what was done here. Whatever is done anew cuts off what could have been done again. */
export class History {
  #steps: Step[] = [];
  #done = 0;

  get undoLabel(): string | null {
    return this.#steps[this.#done - 1]?.label ?? null;
  }

  get redoLabel(): string | null {
    return this.#steps[this.#done]?.label ?? null;
  }

  isLast(key: string): boolean {
    return this.#steps[this.#done - 1]?.last.key === key;
  }

  add(gesture: Gesture): void {
    const step = { label: gesture.label, last: gesture, changeIds: [] };
    this.#steps = [...this.#steps.slice(0, this.#done), step].slice(-KEPT);
    this.#done = this.#steps.length;
  }

  undo(tasks: Tasks, at: string): Gesture | undefined {
    const step = this.#steps[this.#done - 1];
    if (!step) return undefined;
    this.#done -= 1;
    return reverse(step, `Undone: ${step.label}`, tasks, at);
  }

  redo(tasks: Tasks, at: string): Gesture | undefined {
    const step = this.#steps[this.#done];
    if (!step) return undefined;
    this.#done += 1;
    return reverse(step, step.label, tasks, at);
  }

  settle(key: string, changeIds: readonly string[]): void {
    const step = this.#steps.find(({ last }) => last.key === key);
    if (step) step.changeIds = [...step.changeIds, ...changeIds];
  }

  /** Where nothing came of it, there is nothing to take back. */
  forgetEmpty(key: string): void {
    const index = this.#steps.findIndex(({ last }) => last.key === key);
    if (index < 0 || this.#steps[index]?.changeIds.length) return;
    this.#steps = this.#steps.filter((_, other) => other !== index);
    if (index < this.#done) this.#done -= 1;
  }
}

function reverse(step: Step, label: string, tasks: Tasks, at: string): Gesture {
  const { last, changeIds } = step;
  const operations = inverseOf(last);
  const now = operations.flatMap(({ id }) => tasks.get(id) ?? []);
  const before = { ...last.before, ...Object.fromEntries(now.map((task) => [task.id, task])) };
  step.last = { key: makeKey(), label, at, operations, before, undoes: last.key, changeIds };
  step.changeIds = [];
  return step.last;
}
