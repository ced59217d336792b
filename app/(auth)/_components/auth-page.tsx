import type { ReactNode } from "react";
import styles from "./form.module.css";

export function AuthPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles.main}>
      <h1>{title}</h1>
      {children}
    </main>
  );
}
