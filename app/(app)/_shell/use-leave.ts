"use client";

import { useCallback } from "react";
import { leaveAction } from "./actions";
import { useApp } from "./app-context";
import { tellTabs } from "./channel";

/**
 * Ends the session and leaves nothing behind. The address is loaded anew, so that not even the memory of the page is
 * left to go back to.
 */
export function useLeave(to = "/sign-in"): () => Promise<void> {
  const { board, live } = useApp();
  return useCallback(async () => {
    const { isDone, message } = await leaveAction().catch(() => ({
      isDone: false,
      message: "You are still signed in: the server cannot be reached.",
    }));
    if (!isDone) {
      board.notices.show({ kind: "error", text: message ?? "You are still signed in." });
      return;
    }
    live.stop();
    board.journal.clear();
    tellTabs("signed-out");
    location.replace(to);
  }, [board, live, to]);
}
