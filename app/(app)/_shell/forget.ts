import type { Board } from "@/lib/board/board";
import type { Live } from "@/lib/board/live";

/**
 * Leaves the page with nothing of the person left behind. The address is loaded anew, so that not even the memory of the
 * page is there to go back to.
 */
export function forget({ board, live }: { board: Board; live: Live }, to: "/" | "/sign-in"): void {
  live.stop();
  board.journal.clear();
  // What is still being sent is written down once more before each attempt.
  addEventListener("pagehide", () => board.journal.clear());
  location.replace(to);
}
