/** A value that many look at: changed by replacing it, and everybody who looks is told. */
export function createStore<T extends object>(initial: T) {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    /** As it was when the page was made. */
    first: () => initial,
    set(change: Partial<T>) {
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export type Store<T extends object> = ReturnType<typeof createStore<T>>;
