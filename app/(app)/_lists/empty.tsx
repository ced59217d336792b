import type { ReactNode } from "react";
import styles from "./lists.module.css";

/** There is nothing to show: why, and one thing to do about it. */
export const Empty = ({ text, children }: { text: string; children?: ReactNode }) => (
  <div className={styles.empty}>
    <p>{text}</p>
    {children}
  </div>
);
