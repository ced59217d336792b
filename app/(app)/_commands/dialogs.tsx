"use client";

import { type ComponentType, useCallback, useEffect, useState } from "react";
import { useApp, useBoardState, useStore } from "../_shell/app-context";
import type { Dialog } from "../_shell/ui";

const LOADERS: Record<Dialog, () => Promise<ComponentType>> = {
  "quick-add": async () => (await import("./quick-add")).QuickAdd,
  palette: async () => (await import("./palette")).Palette,
  shortcuts: async () => (await import("./shortcuts-sheet")).ShortcutsSheet,
};

const DIALOGS = Object.keys(LOADERS) as Dialog[];

const MODIFIERS: readonly string[] = ["Control", "Meta", "Alt", "Shift"];

/** One at a time. Their code comes while nobody waits for it; lazy() would show each a third of a second later. */
export function Dialogs() {
  const { board, ui } = useApp();
  const name = useStore(ui, ({ dialog }) => dialog);
  // Signing in again has a dialog of its own, and there is never one above another.
  const isSignedOut = useBoardState((state) => state.isSignedOut);
  const [loaded, setLoaded] = useState<Partial<Record<Dialog, ComponentType>>>({});
  const load = useCallback(async (wanted: Dialog) => {
    const component = await LOADERS[wanted]();
    setLoaded((all) => ({ ...all, [wanted]: component }));
  }, []);
  const Shown = name && loaded[name];

  usePrefetch(load);
  useEffect(() => {
    if (!name || Shown) return;
    load(name).catch(() => {
      ui.set({ dialog: null });
      const actions = [{ label: "Try again", run: () => ui.set({ dialog: name }) }];
      board.notices.show({ kind: "error", text: "That could not be loaded.", actions });
    });
  }, [name, Shown, load, ui, board]);

  return Shown && !isSignedOut ? <Shown /> : null;
}

/** When the page has time, or as soon as a key says that one may be wanted. */
function usePrefetch(load: (wanted: Dialog) => Promise<void>): void {
  useEffect(() => {
    const prefetch = () => {
      stop();
      for (const each of DIALOGS) load(each).catch(() => undefined);
    };
    const press = ({ key }: KeyboardEvent) => MODIFIERS.includes(key) && prefetch();
    const timer =
      "requestIdleCallback" in window ? requestIdleCallback(prefetch) : setTimeout(prefetch, 1_000);
    const stop = () => {
      document.removeEventListener("keydown", press, true);
      if ("cancelIdleCallback" in window) cancelIdleCallback(timer as number);
      else clearTimeout(timer);
    };
    document.addEventListener("keydown", press, true);
    return stop;
  }, [load]);
}
