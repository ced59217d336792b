import { Button } from "@/app/_ui/button";
import type { Provider } from "@/lib/web-session/providers";
import { providerAction } from "../actions";
import styles from "./form.module.css";

export type OfferedProvider = Pick<Provider, "id" | "name">;

type Props = { providers: readonly OfferedProvider[]; next: string; label?: string; verb?: string };

export function ProviderButtons({
  providers,
  next,
  label = "Other ways to sign in",
  verb = "Continue with",
}: Props) {
  if (providers.length === 0) return null;
  return (
    <section aria-label={label} className={styles.others}>
      {providers.map(({ id, name }) => (
        <form key={id} action={providerAction} className={styles.form}>
          <input type="hidden" name="provider" value={id} />
          <input type="hidden" name="next" value={next} />
          <Button type="submit" className={styles.submit}>
            {verb} {name}
          </Button>
        </form>
      ))}
    </section>
  );
}
