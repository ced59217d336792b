"use client";

import { type RefObject, startTransition, useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Task } from "@/lib/client/client";
import { useApp, useBoardState, useStore } from "../_shell/app-context";
import { setListed } from "./focus";
import styles from "./rows.module.css";
import { TaskRow, type TaskRowExtra } from "./task-row";

/** More than a list shows at once. A row that is made costs time with every dialog and every change, seen or not. */
const FIRST = 16;
const MORE = 16;

type Props = {
  /** Tells the lists of a page apart. */
  name: string;
  labelledBy: string;
  className: string | undefined;
  ids: readonly string[];
  /** All of them at once: what comes by pages is never long. */
  isPaged?: boolean;
  /** As they came with the page, where the board does not know them. */
  known?: ReadonlyMap<string, Task>;
  extra?: TaskRowExtra | undefined;
  /** Words to mark, folded. */
  words?: readonly string[] | undefined;
};

/** A list of tasks. Of a long one the beginning is made, and the rest as it comes into sight. */
export function Rows({ name, labelledBy, className, ids, isPaged = false, known, extra, words }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const made = ids.slice(0, useLimit(list, ids, isPaged ? Number.POSITIVE_INFINITY : FIRST));
  const stop = active !== null && ids.includes(active) ? active : ids[0];
  const isWhole = made.length === ids.length;
  useLayoutEffect(() => setListed(list.current, ids), [ids]);
  return (
    <div
      ref={list}
      role="grid"
      aria-labelledby={labelledBy}
      aria-rowcount={isWhole ? undefined : ids.length}
      className={className}
      data-rows={name}
    >
      {made.map((id) => (
        <TaskRow
          key={id}
          id={id}
          known={known?.get(id)}
          isStop={id === stop}
          onActive={setActive}
          extra={extra}
          words={words}
        />
      ))}
      {!isWhole && <Rest ids={ids.slice(made.length)} known={known} />}
    </div>
  );
}

/** As high as the rows that are not made, so that the list scrolls as if they were. */
function Rest({ ids, known }: Pick<Props, "ids" | "known">) {
  const rest = useRef<HTMLDivElement>(null);
  const tasks = useBoardState((state) => state.tasks);
  const linkTo = (id: string) => (
    <a key={id} href={`/task/${id}`}>
      {(tasks.get(id) ?? known?.get(id))?.title}
    </a>
  );
  useLayoutEffect(() => rest.current?.style.setProperty("--rows", `${ids.length}`), [ids.length]);
  return (
    <div ref={rest} className={styles.rest} data-rest={ids.length}>
      <noscript>{typeof window === "undefined" && ids.map(linkTo)}</noscript>
    </div>
  );
}

function useLimit(list: RefObject<HTMLDivElement | null>, ids: readonly string[], first: number): number {
  const { ui } = useApp();
  const [limit, setLimit] = useState(first);
  const asked = useStore(ui, ({ focus, editing }) => Math.max(indexIn(ids, focus), indexIn(ids, editing)));
  const hasRest = ids.length > Math.max(limit, asked + 1);
  if (asked >= limit) setLimit(asked + MORE);
  useEffect(() => {
    if (!hasRest) return undefined;
    const reveal = () => {
      const missing = missingIn(list.current);
      if (missing > 0) setLimit((before) => before + missing + MORE);
    };
    // At once, or the gap would be seen for a frame.
    const revealNow = () => flushSync(reveal);
    const revealAll = () => flushSync(() => setLimit(Number.POSITIVE_INFINITY));
    const sizes = new ResizeObserver(() => startTransition(reveal));
    if (list.current) sizes.observe(list.current);
    document.addEventListener("scroll", revealNow, { capture: true, passive: true });
    window.addEventListener("beforeprint", revealAll);
    return () => {
      sizes.disconnect();
      document.removeEventListener("scroll", revealNow, { capture: true });
      window.removeEventListener("beforeprint", revealAll);
    };
  }, [hasRest, list]);
  return Math.max(limit, asked + 1);
}

const indexIn = (ids: readonly string[], id: string | null) => (id === null ? -1 : ids.indexOf(id));

/** How many more rows have to be there for half a screen below what the list shows. */
function missingIn(list: HTMLElement | null): number {
  const rest = list?.querySelector<HTMLElement>(":scope > [data-rest]");
  if (!list || !rest || rest.offsetParent === null) return 0;
  const { top, height } = rest.getBoundingClientRect();
  const seen = Math.min(innerHeight, list.getBoundingClientRect().bottom);
  const lacking = seen + innerHeight / 2 - top;
  return lacking <= 0 ? 0 : Math.ceil(lacking / (height / Number(rest.dataset.rest)));
}
