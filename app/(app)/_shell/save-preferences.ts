import type { Board } from "@/lib/board/board";
import type { Client, Preferences } from "@/lib/client/client";

type Change = Partial<Preferences>;

/** Shown at once; put back, with a word and a way to try again, when the server does not take it. */
export async function savePreferences(board: Board, client: Client, change: Change): Promise<boolean> {
  const before = board.preferences.get();
  board.preferences.set(change);
  try {
    await client.auth.me({ preferences: change });
    return true;
  } catch {
    const names = Object.keys(change) as (keyof Preferences)[];
    board.preferences.set(Object.fromEntries(names.map((name) => [name, before[name]])) as Change);
    board.notices.show({
      kind: "error",
      text: "The setting was not saved.",
      actions: [{ label: "Retry", run: () => void savePreferences(board, client, change) }],
    });
    return false;
  }
}
