import Link from "next/link";
import type { ReactNode } from "react";
import styles from "./message-page.module.css";

/** A page that has only something to say. */
export const MessagePage = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className={styles.page}>
    <header>
      <Link href="/" className={styles.brand}>
        Fourfold
      </Link>
    </header>
    <main className={styles.main}>
      <h1>{title}</h1>
      {children}
    </main>
  </div>
);
