import type { Task } from "@/lib/client/client";
import { type Fields, inverse, type Operation } from "./apply";

/** What a person did at one stroke: one request, one change, one step of undo. */
export type Gesture = {
  /** The idempotency key too: sent twice it is done once. */
  key: string;
  /** In the past tense: Completed “Pay rent”. */
  label: string;
  at: string;
  operations: readonly Operation[];
  /** The tasks as they were, to tell what was changed elsewhere meanwhile. */
  before: Readonly<Record<string, Task>>;
  /** The gesture that this one takes back; then the operations only say how that will look. */
  undoes?: string;
  /** What the server calls that gesture, as far as it is known. */
  changeIds?: readonly string[];
  /** The gesture that this is a part of: what had to be sent again. */
  continues?: string;
  /** It may be there already, so that it must stay the very same. */
  isSent?: true;
};

export const makeKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );

/** Version 7, as the server makes them: they sort by time. */
export function makeId(now = Date.now()): string {
  const random = makeKey();
  const time = now.toString(16).padStart(12, "0");
  const variant = (8 + (Number.parseInt(random[3] ?? "0", 16) % 4)).toString(16);
  const tail = `${variant}${random.slice(4, 7)}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${tail}-${random.slice(7, 19)}`;
}

export const inverseOf = ({ operations, before }: Gesture): Operation[] =>
  operations.map((operation) => inverse(before[operation.id], operation)).reverse();

/** What only one of two writers can mean. Of the rest the last one counts. */
const TEXTS = ["title", "description", "due_datetime", "due_all_day"] as const;

export type TextName = (typeof TEXTS)[number];

export const textsIn = ({ body = {} }: Operation) => TEXTS.filter((name) => name in body);

/** The server takes spaces away from around a title. */
const isSame = (one: unknown, other: unknown) =>
  one === other || (typeof one === "string" && typeof other === "string" && one.trim() === other.trim());

/** Whether somebody else wrote the very words or dates that this operation writes. */
export function isContested(operation: Operation, before: Task | undefined, current: Task): boolean {
  const written: Fields = operation.body ?? {};
  return textsIn(operation).some(
    (name) => !isSame(current[name], before?.[name]) && !isSame(current[name], written[name]),
  );
}

/**
 * The version that each operation writes over: the newest, but never over words that the person has not seen. Only the
 * first of several to one task can know it.
 */
export function withVersions(
  { operations, before }: Pick<Gesture, "operations" | "before">,
  known: ReadonlyMap<string, Task>,
): Operation[] {
  const met = new Set<string>();
  return operations.map((operation) => {
    const { op, id, if_match } = operation;
    const now = known.get(id);
    const isFirst = !met.has(id);
    met.add(id);
    if (!isFirst || !now || if_match !== undefined || op === "create" || op === "restore") return operation;
    const seen = before[id];
    const isUnseen = seen && seen.version < now.version && isContested(operation, seen, now);
    return { ...operation, if_match: isUnseen ? Math.max(1, seen.version) : now.version };
  });
}
