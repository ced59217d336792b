import { Delayed } from "@/app/_ui/delayed";
import styles from "./lists.module.css";
import { PageHead } from "./page-head";

const ROWS = ["a", "b", "c", "d", "e", "f"];

export const Skeleton = ({ title }: { title: string }) => (
  <div className={styles.page}>
    <PageHead title={title} />
    <Delayed>
      <p role="status" className="visually-hidden">
        Loading…
      </p>
      <div className={styles.rows} aria-hidden="true">
        {ROWS.map((row) => (
          <div key={row} className={styles.blank} />
        ))}
      </div>
    </Delayed>
  </div>
);
