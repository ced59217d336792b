import Link from "next/link";
import type { ReactNode } from "react";
import styles from "./_components/form.module.css";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className={styles.page}>
      <header>
        <Link href="/" className={styles.brand}>
          Fourfold
        </Link>
      </header>
      {children}
    </div>
  );
}
