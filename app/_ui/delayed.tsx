import type { ReactNode } from "react";
import styles from "./delayed.module.css";

/** Not seen by whoever waits for a moment only. */
export const Delayed = ({ children }: { children: ReactNode }) => (
  <div className={styles.delayed}>{children}</div>
);
