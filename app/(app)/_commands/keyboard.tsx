"use client";

import { useEffect, useRef, useState } from "react";
import { useApp, usePreferences } from "../_shell/app-context";
import type { Command } from "./command";
import { COMMANDS } from "./commands";
import styles from "./commands.module.css";
import { isForTyping, isPlain, namesOf } from "./keys";
import { useScene } from "./use-scene";

/** How long the second key of two may take. */
const SEQUENCE_MS = 1_200;

/** Listens for the whole page; what has the focus goes first, and may keep a key for itself. */
export function Keyboard() {
  const { ui } = useApp();
  const { shortcuts } = usePreferences();
  const scene = useScene();
  const [begun, setBegun] = useState<string | null>(null);
  const latest = useRef({ scene, shortcuts, begun });
  latest.current = { scene, shortcuts, begun };

  useEffect(() => {
    if (begun === null) return undefined;
    const timer = setTimeout(() => setBegun(null), SEQUENCE_MS);
    return () => clearTimeout(timer);
  }, [begun]);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isForTyping(event)) return;
      if (ui.get().dialog || document.querySelector("dialog[open], [popover]:popover-open")) return;
      if (event.key === "Escape") return retreat(ui);
      const { scene, shortcuts, begun } = latest.current;
      if (isPlain(event) && !shortcuts) return;
      const names = namesOf(event).map((name) => (begun ? `${begun} ${name}` : name));
      setBegun(null);
      if (!begun && names.includes("g")) return setBegun("g");
      const command = COMMANDS.find(({ keys }) => keys.some((key) => names.includes(key)));
      if (!command || !isAble(command, scene())) return;
      event.preventDefault();
      command.run(scene());
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [ui]);

  return begun ? <Continuations begun={begun} /> : null;
}

const isAble = ({ needsTask }: Command, { ids }: { ids: readonly string[] }) => !needsTask || ids.length > 0;

/** One layer with each press. */
function retreat(ui: ReturnType<typeof useApp>["ui"]): void {
  if (ui.get().selected.size > 0) ui.set({ selected: new Set() });
}

function Continuations({ begun }: { begun: string }) {
  const next = COMMANDS.flatMap(({ keys, title }) =>
    keys
      .filter((key) => key.startsWith(`${begun} `))
      .map((key) => ({ key: key.slice(begun.length + 1), title })),
  );
  return (
    <div role="status" className={styles.hint}>
      {next.map(({ key, title }) => (
        <span key={key}>
          <kbd>{key.toUpperCase()}</kbd> {title}
        </span>
      ))}
    </div>
  );
}
