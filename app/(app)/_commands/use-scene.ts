"use client";

import { useRouter } from "next/navigation";
import { useRef } from "react";
import { useSetDue } from "../_board/due-picker";
import { focusedId } from "../_board/focus";
import { useApp } from "../_shell/app-context";
import { useClock } from "../_shell/use-clock";
import { useNames } from "../_shell/use-names";
import type { Scene } from "./command";

/** Asked at the moment of the deed, for who has the focus then. */
export function useScene(): () => Scene {
  const { board, ui } = useApp();
  const router = useRouter();
  const clock = useClock();
  const names = useNames();
  const setDue = useSetDue();
  const latest = useRef({ clock, names, setDue });
  latest.current = { clock, names, setDue };
  return () => {
    const focused = focusedId();
    const { selected } = ui.get();
    const known = board.view().tasks;
    const chosen = selected.size > 0 ? [...selected].filter((id) => known.has(id)) : [];
    const ids = chosen.length > 0 ? chosen : focused ? [focused] : [];
    return { board, ui, router, ...latest.current, ids, focused };
  };
}
