import type { Client, Task } from "@/lib/client/client";
import type { Operation } from "./apply";
import { type Gesture, isContested } from "./gestures";

/** As many as the API takes at once. */
const BATCH_SIZE = 100;

export type Refusal = { operation: Operation; detail: string; kind: "gone" | "contested" | "refused" };

export type Outcome = {
  tasks: Task[];
  gone: string[];
  changeIds: string[];
  /** Somebody else wrote meanwhile, but nothing that this would undo: to be sent again over the new version. */
  again: Operation[];
  refused: Refusal[];
};

const nothing = (): Outcome => ({ tasks: [], gone: [], changeIds: [], again: [], refused: [] });

export async function send(
  client: Pick<Client, "batch" | "changes">,
  gesture: Gesture,
  changeIds: readonly string[],
): Promise<Outcome> {
  return gesture.undoes ? sendUndo(client, gesture, changeIds) : sendBatches(client, gesture);
}

async function sendUndo(
  { changes }: Pick<Client, "changes">,
  { key }: Gesture,
  changeIds: readonly string[],
) {
  const outcome = nothing();
  for (const [index, id] of changeIds.toReversed().entries()) {
    const { data, changeId } = await changes.undo(id, { idempotencyKey: `${key}-${index}` });
    outcome.tasks.push(...data.tasks);
    if (changeId) outcome.changeIds.push(changeId);
  }
  return outcome;
}

async function sendBatches({ batch }: Pick<Client, "batch">, gesture: Gesture): Promise<Outcome> {
  const outcome = nothing();
  for (let from = 0; from < gesture.operations.length; from += BATCH_SIZE) {
    const operations = gesture.operations.slice(from, from + BATCH_SIZE);
    const { data, changeId } = await batch.create(
      { operations },
      { idempotencyKey: from === 0 ? gesture.key : `${gesture.key}-${from}` },
    );
    if (changeId) outcome.changeIds.push(changeId);
    for (const [index, result] of data.results.entries()) {
      const operation = operations[index];
      if (operation) note(outcome, operation, result, gesture);
    }
  }
  return outcome;
}

type Result = { status: number; data?: Task; problem?: Record<string, unknown> };

function note(
  outcome: Outcome,
  operation: Operation,
  { status, data, problem }: Result,
  { before }: Gesture,
) {
  const { id, op } = operation;
  if (!problem) {
    if (data) outcome.tasks.push(data);
    else outcome.gone.push(id);
    return;
  }
  const current = problem.current as Task | undefined;
  if (current) outcome.tasks.push(current);
  // A create that is there already had been done, and a delete of what is gone too.
  if (op === "create" && status === 409) return;
  if (status === 404) outcome.gone.push(id);
  if (op === "delete" && status === 404) return;
  const isStale = status === 412 && current !== undefined;
  const isFree = isStale && !isContested(operation, before[id], current);
  if (isFree) outcome.again.push({ ...operation, if_match: current.version });
  else
    outcome.refused.push({
      operation,
      detail: String(problem.detail ?? "The server refused it."),
      kind: isStale ? "contested" : status === 404 ? "gone" : "refused",
    });
}
