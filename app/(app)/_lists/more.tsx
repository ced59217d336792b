"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import styles from "./lists.module.css";

/** The way to the next page of a list. */
export function More({ load }: { load: () => Promise<void> }) {
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const run = async () => {
    if (state === "loading") return;
    setState("loading");
    setState(
      await load().then(
        () => "idle" as const,
        () => "failed" as const,
      ),
    );
  };
  return (
    <div className={styles.more}>
      {state === "failed" && <p role="alert">The rest could not be loaded.</p>}
      <Button aria-disabled={state === "loading"} onClick={() => void run()}>
        {state === "failed" ? "Retry" : "Show more"}
      </Button>
    </div>
  );
}
