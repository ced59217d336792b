import { providers } from "@/lib/web-session/providers";
import { providerAction } from "../actions";
import styles from "./form.module.css";

export function ProviderButtons({ next }: { next: string }) {
  if (providers.length === 0) return null;
  return (
    <section aria-label="Other ways to sign in" className={styles.others}>
      {providers.map(({ id, name }) => (
        <form key={id} action={providerAction} className={styles.form}>
          <input type="hidden" name="provider" value={id} />
          <input type="hidden" name="next" value={next} />
          <button type="submit" className={styles.button}>
            Continue with {name}
          </button>
        </form>
      ))}
    </section>
  );
}
