"use client";

import { usePreferences } from "../_shell/app-context";

/** Beside what a key does, for who uses keys. */
export function Key({ children }: { children: string }) {
  const { shortcuts } = usePreferences();
  if (!shortcuts) return null;
  return (
    <span aria-hidden="true">
      <kbd>{children}</kbd>
    </span>
  );
}
