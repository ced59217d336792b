"use client";

import type { KeyboardEvent, RefObject } from "react";
import styles from "./quick-add.module.css";
import type { QuickLineState } from "./use-quick-line";

type Props = {
  /** The id of what tells the keys. */
  hint: string;
  input: RefObject<HTMLTextAreaElement | null>;
  state: QuickLineState;
  submit(isStaying: boolean): void;
};

/** What was understood is marked behind the text: a copy of it that only shows the marks. */
export function QuickAddInput({ hint, input, state, submit }: Props) {
  const { line, type } = state;
  return (
    <div className={styles.line}>
      <Mirror state={state} />
      <textarea
        ref={input}
        className={styles.input}
        aria-label="New task"
        aria-describedby={hint}
        placeholder="What is to be done?"
        rows={1}
        value={line.text}
        autoComplete="off"
        enterKeyHint="done"
        onChange={({ target }) => type(target.value)}
        onKeyDown={(event) => press(event, state, submit)}
      />
    </div>
  );
}

function Mirror({ state: { line, reading } }: { state: QuickLineState }) {
  const marks = [
    ...reading.tokens.map((token) => ({ ...token, className: styles.token })),
    ...reading.suggestions.map((token) => ({ ...token, className: styles.doubtful })),
  ].sort((a, b) => a.start - b.start);
  return (
    <div aria-hidden="true" className={styles.mirror}>
      {marks.map(({ start, end, className }, index) => (
        <span key={start}>
          {line.text.slice(marks[index - 1]?.end ?? 0, start)}
          <mark className={className}>{line.text.slice(start, end)}</mark>
        </span>
      ))}
      {line.text.slice(marks.at(-1)?.end ?? 0)}
      {"\u200b"}
    </div>
  );
}

type Press = KeyboardEvent<HTMLTextAreaElement>;

function press(event: Press, state: QuickLineState, submit: Props["submit"]): void {
  if (event.nativeEvent.isComposing) return;
  const isTaken =
    (event.key === "Enter" && !event.shiftKey && enter(event, submit)) ||
    (event.key === "Tab" && !event.shiftKey && acceptAt(event, state)) ||
    (event.key === "Escape" && decline(state)) ||
    (event.key === "Backspace" && rejectAt(event, state));
  if (!isTaken) return;
  event.preventDefault();
  event.stopPropagation();
}

function enter(event: Press, submit: Props["submit"]): true {
  submit(event.ctrlKey || event.metaKey);
  return true;
}

/** The caret, or -1 while something is selected. */
const caretIn = ({ selectionStart, selectionEnd }: HTMLTextAreaElement) =>
  selectionStart === selectionEnd ? selectionStart : -1;

/** The one that the caret is behind, or at the end of the line the last one. */
function acceptAt({ currentTarget }: Press, { line, reading, accept }: QuickLineState): boolean {
  const caret = caretIn(currentTarget);
  const isAtEnd = caret >= line.text.trimEnd().length;
  const offered =
    reading.suggestions.find(({ end }) => end === caret) ?? (isAtEnd && reading.suggestions.at(-1));
  if (offered) accept(offered.text);
  return Boolean(offered);
}

function decline({ reading, reject }: QuickLineState): boolean {
  reject(reading.suggestions.map(({ text }) => text));
  return reading.suggestions.length > 0;
}

function rejectAt(event: Press, { reading, reject }: QuickLineState): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const token = reading.tokens.find(({ end }) => end === caretIn(event.currentTarget));
  if (token) reject([token.text]);
  return Boolean(token);
}
