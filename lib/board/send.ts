import { ApiError, type Client, type Task } from "@/lib/client/client";
import type { Operation } from "./apply";
import { type Gesture, isContested } from "./gestures";
import type { Gone } from "./replica";

/** As many as the API takes at once. */
const BATCH_SIZE = 100;

export type Refusal = { operation: Operation; detail: string; kind: "gone" | "contested" | "refused" };

export type Outcome = {
  tasks: Task[];
  gone: Gone[];
  changeIds: string[];
  /** Somebody else wrote meanwhile, but nothing that this would undo: to be sent again over the new version. */
  again: Operation[];
  refused: Refusal[];
};

export const nothing = (): Outcome => ({ tasks: [], gone: [], changeIds: [], again: [], refused: [] });

export type Sender = { batch: Pick<Client["batch"], "create">; changes: Pick<Client["changes"], "undo"> };

export const send = (client: Sender, gesture: Gesture): Promise<Outcome> =>
  gesture.undoes ? sendUndo(client, gesture) : sendBatches(client, gesture);

async function sendUndo({ changes }: Sender, { key, changeIds = [] }: Gesture): Promise<Outcome> {
  const outcome = nothing();
  for (const id of changeIds.toReversed()) {
    const { data, changeId } = await changes.undo(id, { idempotencyKey: `${key}-${id}` });
    outcome.tasks.push(...data.tasks);
    if (changeId) outcome.changeIds.push(changeId);
  }
  return outcome;
}

async function sendBatches({ batch }: Sender, gesture: Gesture): Promise<Outcome> {
  const outcome = nothing();
  for (let from = 0; from < gesture.operations.length; from += BATCH_SIZE) {
    const operations = gesture.operations.slice(from, from + BATCH_SIZE);
    const idempotencyKey = from === 0 ? gesture.key : `${gesture.key}-${from}`;
    const answer = await unlessDone(batch.create({ operations }, { idempotencyKey }));
    if (!answer) continue;
    if (answer.changeId) outcome.changeIds.push(answer.changeId);
    for (const [index, result] of answer.data.results.entries()) {
      const operation = operations[index];
      if (operation) note(outcome, operation, result, gesture);
    }
  }
  return outcome;
}

/** Another page of this browser sent it too, over another version: it is done, and what came of it will be told. */
async function unlessDone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.code === "idempotency_key_reused") return undefined;
    throw error;
  }
}

type Result = { status: number; data?: Task; problem?: Record<string, unknown> };

function note(
  outcome: Outcome,
  operation: Operation,
  { status, data, problem }: Result,
  { before }: Gesture,
): void {
  const { id, op, if_match: seen } = operation;
  const current = data ?? (problem?.current as Task | undefined);
  if (current) outcome.tasks.push(current);
  // A restore finds nothing where the task is back already, too.
  const isGone = op === "restore" ? false : status === 404 || (op === "delete" && !problem);
  if (isGone) outcome.gone.push(seen === undefined ? { id } : { id, version: seen + 1 });
  // A create that is there already had been done, and a delete of what is gone too.
  if (!problem || (op === "create" && status === 409) || (op === "delete" && status === 404)) return;
  const isStale = status === 412 && current !== undefined;
  if (isStale && !isContested(operation, before[id], current))
    outcome.again.push({ ...operation, if_match: current.version });
  else
    outcome.refused.push({
      operation,
      detail: String(problem.detail ?? "The server refused it."),
      kind: isStale ? "contested" : isGone ? "gone" : "refused",
    });
}
