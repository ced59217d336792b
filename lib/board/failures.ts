import { ApiError } from "@/lib/client/client";
import type { Operation } from "./apply";
import { type Gesture, type TextName, textsIn } from "./gestures";
import type { Notices } from "./notices";
import type { Refusal } from "./send";

type Again = (gesture: Gesture) => void;

export type Ways = {
  again: Again;
  /** The person wants the other version: what was typed is to go. */
  letGo(operation: Operation): void;
};

/** What is said when a gesture did not come through; the board has put back by then what it had shown. */
export function explainFailure(notices: Notices, gesture: Gesture, error: unknown, again: Again): void {
  const id = notices.show({
    kind: "error",
    text: `Couldn’t save: ${gesture.label}. ${reasonOf(error, gesture)}`,
    lines: error instanceof ApiError && error.requestId ? [`Request ${error.requestId}`] : [],
    actions: [
      { label: "Retry", run: () => again(gesture) },
      { label: "Discard", run: () => notices.dismiss(id) },
    ],
  });
}

function reasonOf(error: unknown, { undoes }: Gesture): string {
  if (!(error instanceof ApiError)) return "Something went wrong here.";
  if (error.status >= 500) return "The server could not do it.";
  if (undoes && error.status === 409) return "It was changed again since.";
  return error.detail;
}

/** Some of it came through, and some did not. */
export function explainRefusals(
  notices: Notices,
  gesture: Gesture,
  refused: readonly Refusal[],
  { again, letGo }: Ways,
): void {
  for (const { kind, operation } of refused)
    if (kind === "contested")
      askWhose(notices, gesture, operation, {
        again: () => again({ ...gesture, operations: [operation] }),
        letGo,
      });
  const rest = refused.filter(({ kind }) => kind !== "contested");
  const [first] = rest;
  if (!first) return;
  const titled = rest.map((refusal) => `“${titleIn(gesture, refusal.operation)}”: ${told(refusal)}`);
  const isAlone = gesture.operations.length === 1;
  const back = rest.filter(({ kind, operation }) => kind === "gone" && textsIn(operation).length > 0);
  notices.show({
    kind: "error",
    text: isAlone
      ? `Couldn’t save: ${gesture.label}. ${told(first)}`
      : `${gesture.label}: that failed for ${rest.length} of ${gesture.operations.length}.`,
    lines: isAlone ? [] : titled,
    actions: back.length > 0 ? [restoring(gesture, back, again)] : [],
  });
}

const titleIn = ({ before }: Gesture, { id, body }: Operation) =>
  before[id]?.title ?? body?.title ?? "A task";

const told = ({ kind, detail }: Refusal) => (kind === "gone" ? "It was deleted elsewhere." : detail);

/** Whoever deleted it did not know these words. */
const restoring = (gesture: Gesture, refused: readonly Refusal[], again: Again) => ({
  label: "Restore with my changes",
  run: () => {
    const operations = refused.flatMap(({ operation }): Operation[] => [
      { op: "restore", id: operation.id },
      operation,
    ]);
    again({ ...gesture, operations });
  },
});

/** What a question about whose words are to stay is about: one task, and one kind of its words. */
export const questionOf = (id: string, texts: readonly TextName[]) => `${id} ${texts.join(" ")}`;

function askWhose(
  notices: Notices,
  gesture: Gesture,
  operation: Operation,
  { again, letGo }: { again(): void; letGo: Ways["letGo"] },
): void {
  const { title, description } = operation.body ?? {};
  const mine = title ?? description;
  notices.show({
    kind: "error",
    about: questionOf(operation.id, textsIn(operation)),
    text: `“${titleIn(gesture, operation)}” was changed elsewhere meanwhile. What you see now is the other version.`,
    lines: mine ? [`Yours: ${mine}`] : [],
    actions: [
      { label: "Keep mine", run: again },
      { label: "Keep theirs", run: () => letGo(operation) },
    ],
  });
}
