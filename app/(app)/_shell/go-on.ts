import type { Board } from "@/lib/board/board";
import type { Live } from "@/lib/board/live";

/** After somebody has signed in: the page goes on, or, for anybody else, begins anew with nothing of what it held. */
export async function goOn({ board, live }: { board: Board; live: Live }): Promise<void> {
  const response = await fetch("/api/auth/session");
  const session: { user: { id: string } } | null = await response.json();
  if (session?.user.id !== board.userId) return location.reload();
  board.signedIn();
  live.start();
}
