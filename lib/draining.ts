import { processWide } from "@/lib/process-wide";

const state = processWide("draining", () => ({ isDraining: false }));

/** The process is to end: it answers what it is asked, and asks to be asked no more. */
export const isDraining = () => state.isDraining;

export function beginDraining(): void {
  state.isDraining = true;
}
