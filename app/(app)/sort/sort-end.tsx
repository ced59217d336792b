"use client";

import Link from "next/link";
import { useLayoutEffect, useRef } from "react";
import { Button, buttonClass } from "@/app/_ui/button";
import { useBoardState } from "../_shell/app-context";
import { useNames } from "../_shell/use-names";
import styles from "./sort.module.css";
import { useStepBackKey } from "./use-sort-keys";
import type { SortingActions } from "./use-sorting";

export function SortEnd({ sorting }: { sorting: SortingActions }) {
  const { progress, again, stepBack, canStepBack } = sorting;
  const count = useBoardState((state) => state.places.do.length);
  const first = useNames()("do");
  const heading = useRef<HTMLHeadingElement>(null);
  useStepBackKey(stepBack, canStepBack);
  useLayoutEffect(() => {
    if (canStepBack) heading.current?.focus();
  }, [canStepBack]);
  const { skipped } = progress;
  return (
    <div className={styles.end}>
      <h2 ref={heading} tabIndex={-1}>
        {skipped > 0
          ? `All sorted but ${skipped === 1 ? "the one" : `the ${skipped}`} that you skipped.`
          : canStepBack
            ? "All sorted."
            : "There is nothing to sort."}{" "}
        {first} has {count}.
      </h2>
      {skipped === 0 && !canStepBack && <p>What you add without a quadrant waits here until you decide.</p>}
      <p className={styles.actions}>
        {skipped > 0 && (
          <Button variant="primary" onClick={again}>
            Sort what you skipped
          </Button>
        )}
        <Link href="/matrix" className={buttonClass(skipped > 0 ? "secondary" : "primary")}>
          Go to the matrix
        </Link>
        <Link href="/matrix/1" className={buttonClass()}>
          Go to {first}
        </Link>
        {canStepBack && (
          <Button icon="undo" onClick={stepBack}>
            Step back
          </Button>
        )}
      </p>
    </div>
  );
}
