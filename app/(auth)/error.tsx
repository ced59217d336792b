"use client";

import { AuthPage } from "./_components/auth-page";
import styles from "./_components/form.module.css";

export default function Unavailable({ reset }: { reset: () => void }) {
  return (
    <AuthPage title="We cannot answer at the moment">
      <p>You are still signed in, and nothing is lost.</p>
      <button type="button" className={styles.button} onClick={reset}>
        Try again
      </button>
    </AuthPage>
  );
}
