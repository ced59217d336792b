"use client";

import { TextField } from "@/app/_ui/field";
import { useApp } from "../../../_shell/app-context";
import { useLeave } from "../../../_shell/use-leave";
import { Invalid } from "../../_components/invalid";
import styles from "../../_components/settings.module.css";
import { SettingsForm } from "../../_components/settings-form";

type Props = { email: string; hasPassword: boolean };

export function DeleteAccount({ email, hasPassword }: Props) {
  const { client, live } = useApp();
  const leave = useLeave("/");
  const send = async (text: (name: string) => string) => {
    const password = text("password");
    const wrong = {
      ...(hasPassword && !password && { password: "is needed to delete the account." }),
      ...(text("email").trim().toLowerCase() !== email && { email: `must be ${email}, as a last check.` }),
    };
    if (Object.keys(wrong).length > 0) throw new Invalid(wrong);
    // What still listens would hear that the account is gone, and ask to sign in.
    live.stop();
    await client.auth.deleteMe(hasPassword ? { password } : {}).catch((error: unknown) => {
      live.start();
      throw error;
    });
    await leave();
    return "Your account is deleted.";
  };
  return (
    <section aria-labelledby="delete" className={styles.section}>
      <h2 id="delete">Delete the account</h2>
      <p>
        This takes your tasks, the trash, the history, your settings and every device’s session with it. It
        cannot be undone, so <a href="#export">take your data along</a> first.
      </p>
      <SettingsForm submit="Delete my account" busy="Deleting…" send={send} kind="dangerous">
        {(errorOf) => (
          <>
            {hasPassword ? (
              <TextField
                label="Password"
                name="password"
                type="password"
                autoComplete="current-password"
                required
                error={errorOf("password", "Password")}
              />
            ) : (
              <p className={styles.note}>
                If you signed in more than a few minutes ago, you will be asked to sign out and in again
                first.
              </p>
            )}
            <TextField
              label="Your e-mail"
              name="email"
              type="email"
              autoComplete="off"
              required
              hint={`Type ${email}`}
              error={errorOf("email", "Your e-mail")}
            />
          </>
        )}
      </SettingsForm>
    </section>
  );
}
