import { processWide } from "@/lib/process-wide";

const state = processWide("draining", () => ({ isDraining: false, isReplaced: false }));

/** The process is to end: it answers what it is asked, and asks to be asked no more. */
export const isDraining = () => state.isDraining;

/** And nobody else has taken its place: whoever sends requests here has to send them elsewhere. */
export const isLeaving = () => state.isDraining && !state.isReplaced;

export function beginDraining({ isReplaced }: { isReplaced: boolean }): void {
  Object.assign(state, { isDraining: true, isReplaced });
}
