import { ApiError } from "@/lib/client/client";
import type { Gesture } from "./gestures";
import type { Notices } from "./notices";
import type { Outcome } from "./send";

type Again = (gesture: Gesture) => void;

/** What is said when a gesture did not come through; the board has put back by then what it had shown. */
export function explainFailure(notices: Notices, gesture: Gesture, error: unknown, again: Again): void {
  const isUndo = gesture.undoes !== undefined;
  const reason = error instanceof ApiError ? reasonOf(error) : "Something went wrong here.";
  const id = notices.show({
    kind: "error",
    text: `${isUndo ? "Couldn’t undo" : "Couldn’t save"}: ${gesture.label}. ${reason}`,
    lines: error instanceof ApiError && error.requestId ? [`Request ${error.requestId}`] : [],
    actions: [
      ...(isUndo ? [] : [{ label: "Retry", run: () => again(gesture) }]),
      { label: "Discard", run: () => notices.dismiss(id) },
    ],
  });
}

function reasonOf({ status, detail }: ApiError): string {
  if (status >= 500) return "The server could not do it.";
  return detail;
}

/** Some of it came through, and some did not. */
export function explainRefusals(
  notices: Notices,
  gesture: Gesture,
  { refused }: Outcome,
  again: Again,
): void {
  const contested = refused.filter(({ kind }) => kind === "contested").map(({ operation }) => operation);
  if (contested.length > 0) askWhose(notices, { ...gesture, operations: contested }, again);
  const rest = refused.filter(({ kind }) => kind !== "contested");
  if (rest.length === 0) return;
  const titles = rest.map(({ operation, detail, kind }) => {
    const title = gesture.before[operation.id]?.title ?? operation.body?.title ?? "A task";
    return `${title}: ${kind === "gone" ? "it was deleted elsewhere" : detail}`;
  });
  const went = gesture.operations.length - refused.length;
  notices.show({
    kind: "error",
    text:
      went > 0
        ? `${gesture.label}: ${went} done, ${rest.length} couldn’t be.`
        : `Couldn’t save: ${gesture.label}. ${titles[0]}.`,
    lines: went > 0 ? titles : [],
  });
}

function askWhose(notices: Notices, gesture: Gesture, again: Again): void {
  const titles = gesture.operations.map(({ id }) => `“${gesture.before[id]?.title ?? "A task"}”`);
  const id = notices.show({
    kind: "error",
    text: `${titles.join(", ")} was changed elsewhere meanwhile. What you see now is the other version.`,
    actions: [
      {
        label: "Keep mine",
        run: () => {
          notices.dismiss(id);
          again(gesture);
        },
      },
      { label: "Keep theirs", run: () => notices.dismiss(id) },
    ],
  });
}
