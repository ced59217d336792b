"use client";

import { usePathname, useSelectedLayoutSegment } from "next/navigation";
import { useEffect, useRef } from "react";
import { Button } from "@/app/_ui/button";
import { useApp } from "../_shell/app-context";
import { TaskDetail } from "./task-detail";
import styles from "./task-detail.module.css";

/** Over whatever page was open when the task was; a page of its own when its address was. */
export function TaskPanel() {
  const { ui } = useApp();
  const id = /^\/task\/([^/]+)$/.exec(usePathname())?.[1];
  const isOwnPage = useSelectedLayoutSegment() === "task";
  const panel = useRef<HTMLElement>(null);
  const isOpen = id !== undefined && !isOwnPage;
  useEffect(() => {
    if (!isOpen) return undefined;
    panel.current?.querySelector<HTMLElement>(ui.get().opening === "notes" ? "textarea[id]" : "h2")?.focus();
    ui.set({ opening: "title" });
    return () => ui.set({ focus: id ?? null });
  }, [isOpen, id, ui]);
  if (!isOpen) return null;
  return (
    <aside
      ref={panel}
      aria-label="Task"
      className={styles.panel}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        history.back();
      }}
    >
      <Button className={styles.close} onClick={() => history.back()}>
        Close
      </Button>
      <TaskDetail key={id} id={id} />
    </aside>
  );
}
