"use client";

import { useCallback } from "react";
import { leaveAction } from "./actions";
import { useApp } from "./app-context";
import { tellTabs } from "./channel";
import { forget } from "./forget";

/** Ends the session, in this tab and the others. */
export function useLeave(to: "/" | "/sign-in" = "/sign-in"): () => Promise<void> {
  const app = useApp();
  return useCallback(async () => {
    const { isDone, message } = await leaveAction().catch(() => ({
      isDone: false,
      message: "You are still signed in: the server cannot be reached.",
    }));
    if (!isDone) {
      app.board.notices.show({ kind: "error", text: message ?? "You are still signed in." });
      return;
    }
    tellTabs("signed-out");
    forget(app, to);
  }, [app, to]);
}
