/** A step of going through what is unsorted; a skipped one changes nothing but what comes next. */
type Step = { id: string; isSkip: boolean };

export type Sorting = {
  /** The one that is looked at: it stays, whatever else arrives meanwhile. */
  current: string | null;
  steps: readonly Step[];
};

export type Progress = {
  current: string | null;
  left: number;
  position: number;
  total: number;
  skipped: number;
};

export const NOT_BEGUN: Sorting = { current: null, steps: [] };

/** Where somebody stands who has gone through so much of what is, or was, unsorted. */
export function progressOf({ current, steps }: Sorting, unsorted: readonly string[]): Progress {
  const isThere = new Set(unsorted);
  const skipped = new Set(steps.filter(({ id, isSkip }) => isSkip && isThere.has(id)).map(({ id }) => id));
  const decided = new Set(steps.filter(({ id, isSkip }) => !isSkip && !isThere.has(id)).map(({ id }) => id));
  const left = unsorted.filter((id) => !skipped.has(id));
  const behind = decided.size + skipped.size;
  return {
    current: current !== null && left.includes(current) ? current : (left[0] ?? null),
    left: left.length,
    position: behind + 1,
    total: behind + left.length,
    skipped: skipped.size,
  };
}

const without = (steps: readonly Step[], id: string) => steps.filter((step) => step.id !== id);

export const stepped = ({ steps }: Sorting, id: string, { isSkip = false } = {}): Sorting => ({
  current: null,
  steps: [...without(steps, id), { id, isSkip }],
});

/** Looks at this one again, as if it had not been gone through. */
export const returned = ({ steps }: Sorting, id: string): Sorting => ({
  current: id,
  steps: without(steps, id),
});

/** What was skipped comes once more. */
export const resumed = ({ steps }: Sorting): Sorting => ({
  current: null,
  steps: steps.filter(({ isSkip }) => !isSkip),
});
