"use client";

import { useEffect } from "react";
import { useApp } from "./app-context";
import { savePreferences } from "./save-preferences";

/** An account that has no time zone yet takes the one of its first browser. */
export function TimeZone() {
  const { board, client } = useApp();
  useEffect(() => {
    if (board.preferences.get().time_zone !== null) return;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    void savePreferences(board, client, { time_zone: timeZone });
  }, [board, client]);
  return null;
}
