"use client";

import Link from "next/link";
import { QUADRANTS, type QuadrantKey } from "@/lib/board/quadrants";
import styles from "../_lists/lists.module.css";
import { useNames } from "../_shell/use-names";

export function QuadrantFilter({ current }: { current: QuadrantKey | undefined }) {
  const names = useNames();
  return (
    <nav aria-label="Filter by quadrant" className={styles.choice}>
      <Link href="/done" aria-current={current ? undefined : "true"}>
        All
      </Link>
      {QUADRANTS.map(({ key, number, glyph }) => (
        <Link key={key} href={`/done?quadrant=${number}`} aria-current={current === key ? "true" : undefined}>
          <span aria-hidden="true">{glyph}</span> {names(key)}
        </Link>
      ))}
    </nav>
  );
}
