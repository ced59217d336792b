import type { Task } from "@/lib/client/client";
import { type Gesture, inverseOf, makeKey } from "./gestures";

const KEPT = 100;

type Step = {
  label: string;
  /** What was done last about it: the gesture itself, its undoing, or its doing again. */
  last: Gesture;
};

type Tasks = ReadonlyMap<string, Task>;

/** One line of what was done here. Whatever is done anew cuts off what could have been done again. */
export function createHistory() {
  let steps: Step[] = [];
  let done = 0;

  const reverse = (step: Step, label: string, tasks: Tasks): Gesture => {
    const operations = inverseOf(step.last);
    const now = operations.flatMap(({ id }) => tasks.get(id) ?? []);
    const before = { ...step.last.before, ...Object.fromEntries(now.map((task) => [task.id, task])) };
    step.last = {
      key: makeKey(),
      label,
      at: new Date().toISOString(),
      operations,
      before,
      undoes: step.last.key,
    };
    return step.last;
  };

  return {
    add(gesture: Gesture) {
      steps = [...steps.slice(0, done), { label: gesture.label, last: gesture }].slice(-KEPT);
      done = steps.length;
    },
    undo(tasks: Tasks): Gesture | undefined {
      const step = steps[done - 1];
      if (!step) return undefined;
      done -= 1;
      return reverse(step, `Undone: ${step.label}`, tasks);
    },
    redo(tasks: Tasks): Gesture | undefined {
      const step = steps[done];
      if (!step) return undefined;
      done += 1;
      return reverse(step, step.label, tasks);
    },
    /** It was refused: there is nothing to take back. */
    forget(key: string) {
      const index = steps.findIndex(({ last }) => last.key === key);
      if (index < 0) return;
      steps = steps.filter((_, other) => other !== index);
      if (index < done) done -= 1;
    },
    isLast: (key: string) => steps[done - 1]?.last.key === key,
    undoLabel: () => steps[done - 1]?.label ?? null,
    redoLabel: () => steps[done]?.label ?? null,
  };
}
