"use client";

import { placeOf, quadrantOf } from "@/lib/board/quadrants";
import type { Task } from "@/lib/client/client";
import { useNames } from "../_shell/use-names";
import styles from "./place-tag.module.css";

/** Where a task stands, on pages that show tasks of all quadrants. */
export function PlaceTag({ task }: { task: Task }) {
  const place = placeOf(task);
  const quadrant = quadrantOf(place);
  const name = useNames()(place);
  return (
    <span className={styles.tag} data-place={place}>
      <span aria-hidden="true">{quadrant ? `${quadrant.glyph} ${quadrant.number}` : "○"}</span> {name}
    </span>
  );
}
