"use client";

import { type KeyboardEvent, useId, useLayoutEffect, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { Dialog } from "@/app/_ui/dialog";
import { useApp } from "../_shell/app-context";
import { shown } from "./keys";
import styles from "./palette.module.css";
import { catalogOf, type Entry, headingOf, type Section, sectionsFor } from "./palette-entries";
import { useScene } from "./use-scene";

const RECENT_KEPT = 3;

/** For as long as the page lives. */
let recent: readonly string[] = [];

export function Palette() {
  const { ui } = useApp();
  const sceneNow = useScene();
  // Taken while the page is being drawn: after that the dialog has the focus, and the row no longer.
  const [scene] = useState(sceneNow);
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const catalog = useMemo(() => catalogOf(scene), [scene]);
  const sections = useMemo(() => sectionsFor(query, catalog, recent), [query, catalog]);
  const list = useId();
  const close = () => ui.set({ dialog: null });
  const choose = (entry: Entry) => {
    flushSync(close);
    if (entry.keys) recent = [entry.id, ...recent.filter((id) => id !== entry.id)].slice(0, RECENT_KEPT);
    entry.run({ ...sceneNow(), ids: scene.ids, focused: scene.focused });
  };
  const ask = (text: string) => {
    setQuery(text);
    setActive(0);
  };
  const part = { list, sections, active, point: setActive, choose };
  return (
    <Dialog title="Commands" onClose={close}>
      <Question {...part} ask={ask} close={close} />
      <div id={list} role="listbox" aria-label="Results" tabIndex={-1} className={styles.list}>
        {sections.map((section, at) => (
          <Group
            key={section.group}
            {...part}
            section={section}
            heading={headingOf(section.group, scene)}
            first={sections.slice(0, at).reduce((sum, before) => sum + before.entries.length, 0)}
          />
        ))}
      </div>
      <p role="status" className="visually-hidden">
        {told(sections)}
      </p>
    </Dialog>
  );
}

type Part = {
  list: string;
  sections: readonly Section[];
  /** The number of a row among all. */
  active: number;
  point(index: number): void;
  choose(entry: Entry): void;
};

function Question({ list, sections, active, point, choose, ask, close }: Part & QuestionProps) {
  const entries = sections.flatMap((section) => section.entries);
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = STEPS[event.key];
    const chosen = entries[active];
    const isOpener = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (step) point(around(active + step, entries.length, event.key.startsWith("Arrow")));
    else if (event.key === "Enter" && chosen) choose(chosen);
    else if (isOpener) close();
    else return;
    event.preventDefault();
  };
  return (
    <input
      className={styles.input}
      role="combobox"
      aria-label="Command or task"
      aria-expanded="true"
      aria-autocomplete="list"
      aria-controls={list}
      aria-activedescendant={entries[active] && `${list}-${active}`}
      placeholder="Find a command or a task"
      autoComplete="off"
      spellCheck={false}
      enterKeyHint="go"
      onChange={({ target }) => ask(target.value)}
      onKeyDown={press}
    />
  );
}

type QuestionProps = { ask(text: string): void; close(): void };

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

const around = (to: number, count: number, isRound: boolean): number =>
  isRound ? (to + count) % count : Math.max(0, Math.min(count - 1, to));

function told(sections: readonly Section[]): string {
  const count = sections.reduce(
    (sum, { group, entries }) => sum + (group === "offers" ? 0 : entries.length),
    0,
  );
  if (count > 0) return `${count} ${count === 1 ? "result" : "results"}`;
  return "Nothing found. A task can be created with these words.";
}

type GroupProps = Part & { section: Section; heading: string; first: number };

function Group({ list, section: { group, entries }, heading, first, active, point, choose }: GroupProps) {
  return (
    <fieldset aria-labelledby={`${list}-${group}`} className={styles.group}>
      <div id={`${list}-${group}`} role="presentation" className={styles.heading}>
        {heading}
      </div>
      {entries.map((entry, index) => (
        <Option
          key={entry.id}
          id={`${list}-${first + index}`}
          entry={entry}
          isActive={first + index === active}
          point={() => point(first + index)}
          choose={() => choose(entry)}
        />
      ))}
    </fieldset>
  );
}

type OptionProps = { id: string; entry: Entry; isActive: boolean; point(): void; choose(): void };

/** The focus stays in the field; which row is meant, `aria-activedescendant` says. */
function Option({ id, entry: { title, keys }, isActive, point, choose }: OptionProps) {
  useLayoutEffect(() => {
    if (isActive) document.getElementById(id)?.scrollIntoView({ block: "nearest" });
  }, [id, isActive]);
  return (
    <button
      id={id}
      type="button"
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      aria-label={title}
      className={styles.option}
      onPointerMove={isActive ? undefined : point}
      onMouseDown={(event) => event.preventDefault()}
      onClick={choose}
    >
      <span>{title}</span>
      {keys?.[0] && <kbd>{shown(keys[0])}</kbd>}
    </button>
  );
}
