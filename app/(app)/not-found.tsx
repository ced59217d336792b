import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import styles from "./_shell/fallback.module.css";

export default function NothingHere() {
  return (
    <section className={styles.fallback}>
      <h1>There is nothing here.</h1>
      <p>
        It may have been deleted, or the address is mistyped. What was deleted stays in the trash for 30 days.
      </p>
      <Link href="/matrix" className={buttonClass("primary")}>
        Go to the matrix
      </Link>
    </section>
  );
}
