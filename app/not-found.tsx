import Link from "next/link";
import styles from "./(site)/page.module.css";

export default function NotFound() {
  return (
    <main className={styles.page}>
      <header>
        <h1>There is no page here.</h1>
        <p className={styles.lead}>
          The address may be mistyped. <Link href="/">Go to the start</Link>.
        </p>
      </header>
    </main>
  );
}
