import type { Operation } from "@/lib/board/apply";
import type { Gesture } from "@/lib/board/gestures";
import type { Task } from "@/lib/client/client";

const MOMENT = "2026-10-14T08:00:00.000Z";

export const aTask = (id: string, fields: Partial<Task> = {}): Task => ({
  id,
  user_id: "u",
  title: `Task ${id}`,
  description: null,
  due_datetime: null,
  due_all_day: false,
  priority: "urgent_important",
  important: true,
  urgent: true,
  is_sorted: true,
  position: "a0",
  is_completed: false,
  completed_at: null,
  created_at: MOMENT,
  updated_at: MOMENT,
  deleted_at: null,
  version: 1,
  ...fields,
});

export const aGesture = (key: string, operations: Operation[], rest: Partial<Gesture> = {}): Gesture => ({
  key,
  label: `Did ${key}`,
  at: MOMENT,
  operations,
  before: {},
  ...rest,
});

export const updating = (id: string, body: Operation["body"]): Operation => ({ op: "update", id, body });

/** As a browser's, with what fits in. */
export function memoryStorage(most = Number.POSITIVE_INFINITY): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    // In no order that anybody could count on.
    key: (index) => [...items.keys()].sort()[index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem(key, value) {
      if (value.length > most) throw new DOMException("It is full.", "QuotaExceededError");
      items.set(key, value);
    },
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}
