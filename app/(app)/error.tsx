"use client";

import { Button } from "@/app/_ui/button";
import styles from "./_shell/fallback.module.css";

type Props = { error: Error & { digest?: string }; retry: () => void };

export default function ViewFailed({ error, retry }: Props) {
  return (
    <section className={styles.fallback}>
      <h1>This view does not work just now.</h1>
      <p>Your tasks are safe, and what you have typed is kept.</p>
      <Button variant="primary" onClick={retry}>
        Reload this view
      </Button>
      {error.digest && <p className={styles.detail}>Error {error.digest}</p>}
    </section>
  );
}
