"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { TextField } from "@/app/_ui/field";
import { useApp, usePreferences } from "../_shell/app-context";
import type { Command } from "./command";
import { COMMANDS } from "./commands";
import { find, findable } from "./fuzzy";
import { shown } from "./keys";
import styles from "./shortcuts-sheet.module.css";

const GROUPS = [
  "Anywhere",
  "Go to",
  "Board",
  "Task",
  "Selection",
] as const satisfies readonly Command["group"][];

const ALL = COMMANDS.map((command) =>
  findable(command, `${command.title} ${command.group}`, command.aliases),
);

export function ShortcutsSheet() {
  const { ui } = useApp();
  const { shortcuts } = usePreferences();
  const [query, setQuery] = useState("");
  const found = query.trim() ? new Set(find(query, ALL).map(({ item }) => item)) : null;
  const shownCommands = COMMANDS.filter(
    (command) => command.keys.length > 0 && (found?.has(command) ?? true),
  );
  const close = () => ui.set({ dialog: null });
  return (
    <Dialog title="Keyboard shortcuts" onClose={close}>
      <div className={styles.sheet}>
        <div className={styles.search}>
          <TextField
            label="Find a shortcut"
            autoComplete="off"
            onChange={({ target }) => setQuery(target.value)}
          />
          <Button onClick={() => print()}>Print</Button>
        </div>
        <p className={styles.note}>
          {shortcuts
            ? "Single keys work unless you are typing."
            : "Single keys are off; those with Ctrl, ⌘ or Alt work."}{" "}
          <Link href="/settings/shortcuts" onClick={close}>
            {shortcuts ? "Turn them off" : "Turn them on"}
          </Link>
        </p>
        <p role="status" className="visually-hidden">
          {found && `${shownCommands.length} shortcuts`}
        </p>
        {shownCommands.length === 0 && <p className={styles.note}>No shortcut for that.</p>}
        <div className={styles.groups}>
          {GROUPS.map((group) => (
            <Group
              key={group}
              title={group}
              commands={shownCommands.filter((each) => each.group === group)}
            />
          ))}
        </div>
      </div>
    </Dialog>
  );
}

function Group({ title, commands }: { title: string; commands: readonly Command[] }) {
  if (commands.length === 0) return null;
  return (
    <section className={styles.group}>
      <h3>{title}</h3>
      <dl>
        {commands.map(({ id, title, keys }) => (
          <div key={id} className={styles.row}>
            <dt>{title}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{shown(key)}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
