import Link from "next/link";
import styles from "./page.module.css";

const QUADRANTS = [
  { name: "Do", glyph: "▲", when: "urgent and important", example: "Call the plumber", style: styles.do },
  {
    name: "Schedule",
    glyph: "●",
    when: "important, not urgent",
    example: "Plan the exam week",
    style: styles.schedule,
  },
  {
    name: "Delegate",
    glyph: "◆",
    when: "urgent, not important",
    example: "Order the cake",
    style: styles.delegate,
  },
  {
    name: "Drop",
    glyph: "■",
    when: "neither of the two",
    example: "Re-sort the bookmarks",
    style: styles.drop,
  },
];

const CURL = `curl http://localhost:3000/health
{"status":"healthy"}`;

export default function Landing() {
  return (
    <main className={styles.page}>
      <header>
        <p className={styles.brand}>Fourfold</p>
        <h1>Know urgent from important.</h1>
        <p className={styles.lead}>
          A task manager around four quadrants, and a REST API that you can build on. It runs on your own
          machine with one command.
        </p>
        <p>
          <Link href="/sign-up">Create an account</Link> or <Link href="/sign-in">sign in</Link>.
        </p>
      </header>
      <section aria-label="The four quadrants" className={styles.board}>
        {QUADRANTS.map((quadrant) => (
          <article key={quadrant.name} className={`${styles.quadrant} ${quadrant.style}`}>
            <h2>
              <span aria-hidden="true">{quadrant.glyph}</span> {quadrant.name}
            </h2>
            <p className={styles.when}>{quadrant.when}</p>
            <p className={styles.card}>{quadrant.example}</p>
          </article>
        ))}
      </section>
      <section aria-labelledby="api">
        <h2 id="api">An API first</h2>
        <p className={styles.lead}>
          The pages use the same API as every other client. This server answers now:
        </p>
        <pre className={styles.code}>{CURL}</pre>
      </section>
    </main>
  );
}
