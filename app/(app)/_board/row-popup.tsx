"use client";

import { type ReactNode, useLayoutEffect, useRef } from "react";
import type { Task } from "@/lib/client/client";
import { useApp, useBoardState, useStore } from "../_shell/app-context";
import { DuePicker } from "./due-picker";
import { MoveMenu } from "./move-menu";
import styles from "./popup.module.css";

/** The one menu, or date picker, of whichever task asked for it. */
export function RowPopup() {
  const { ui } = useApp();
  const menu = useStore(ui, (state) => state.menu);
  const task = useBoardState((state) => (menu ? state.tasks.get(menu.id) : undefined));
  if (!menu || !task) return null;
  return (
    <Popup key={`${menu.id} ${menu.kind}`} task={task}>
      {menu.kind === "move" ? <MoveMenu task={task} /> : <DuePicker task={task} />}
    </Popup>
  );
}

const GAP_PX = 4;

function Popup({ task, children }: { task: Task; children: ReactNode }) {
  const { ui } = useApp();
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const row = document.querySelector(`[data-task="${task.id}"]`);
    const anchor = row?.querySelector("[aria-haspopup]") ?? row;
    element.showPopover();
    if (anchor) put(element, anchor.getBoundingClientRect());
    element.querySelector<HTMLElement>("[data-first], button, input")?.focus();
  }, [task.id]);
  return (
    <div
      ref={box}
      popover="auto"
      className={styles.popup}
      onToggle={({ newState }) => {
        if (newState !== "closed" || ui.get().menu?.id !== task.id) return;
        ui.set({ menu: null, focus: task.id });
      }}
    >
      {children}
    </div>
  );
}

/** Below its button, or above it where there is no room. */
function put(element: HTMLElement, anchor: DOMRect): void {
  const { width, height } = element.getBoundingClientRect();
  const left = Math.max(GAP_PX, Math.min(anchor.right - width, innerWidth - width - GAP_PX));
  const isBelow = anchor.bottom + height + GAP_PX < innerHeight;
  const top = isBelow ? anchor.bottom + GAP_PX : Math.max(GAP_PX, anchor.top - height - GAP_PX);
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
}
