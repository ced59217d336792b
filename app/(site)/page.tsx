import Link from "next/link";
import { redirect } from "next/navigation";
import { buttonClass } from "@/app/_ui/button";
import { HOME } from "@/lib/web-session/next-path";
import { getSession } from "@/lib/web-session/session";
import { MiniBoard } from "./_components/mini-board";
import styles from "./page.module.css";

const CURL = `curl http://localhost:3000/health
{"status":"healthy"}`;

export default async function Landing() {
  // Who cannot be recognised just now still gets a page.
  if (await getSession().catch(() => null)) redirect(HOME);
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <p className={styles.brand}>Fourfold</p>
        <Link href="/sign-in" className={buttonClass("quiet")}>
          Sign in
        </Link>
      </header>
      <main className={styles.main}>
        <div className={styles.hero}>
          <h1>Know urgent from important.</h1>
          <p className={styles.lead}>
            A task manager around four quadrants. It asks two questions of every task, and so shows what to do
            now, what to plan, what to hand on and what to let go.
          </p>
          <p>
            <Link href="/sign-up" className={buttonClass("primary")}>
              Create an account
            </Link>
          </p>
        </div>
        <MiniBoard />
        <section aria-labelledby="api" className={styles.api}>
          <div>
            <h2 id="api">An API first</h2>
            <p className={styles.lead}>
              It runs on your own machine with one command, and the pages use the same REST API as every other
              client. This server answers now:
            </p>
          </div>
          <pre className={styles.code}>{CURL}</pre>
        </section>
      </main>
    </div>
  );
}
