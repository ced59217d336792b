"use client";

import { useRouter } from "next/navigation";
import { TextField } from "@/app/_ui/field";
import { useApi } from "../../../_shell/app-context";
import { Invalid } from "../../_components/invalid";
import styles from "../../_components/settings.module.css";
import { SettingsForm } from "../../_components/settings-form";

type Props = { email: string; hasPassword: boolean };

export function PasswordForm({ email, hasPassword }: Props) {
  const api = useApi();
  const router = useRouter();
  const send = async (text: (name: string) => string) => {
    const [current, next] = [text("current_password"), text("new_password")];
    if (hasPassword && !current) throw new Invalid({ current_password: "is needed to change it." });
    await api.auth.password({ new_password: next, ...(hasPassword && { current_password: current }) });
    router.refresh();
    return "Your password is saved. Every other device was signed out.";
  };
  return (
    <section className={styles.section}>
      <p className={styles.note}>
        {hasPassword
          ? "With a new password every other device is signed out. This one stays signed in."
          : "You sign in through another account so far. With a password you can sign in without it too."}
      </p>
      <SettingsForm
        submit={hasPassword ? "Change the password" : "Set a password"}
        busy="Saving…"
        send={send}
      >
        {(errorOf) => (
          <>
            <input type="hidden" name="email" autoComplete="username" value={email} />
            {hasPassword && (
              <TextField
                label="Current password"
                name="current_password"
                type="password"
                autoComplete="current-password"
                required
                error={errorOf("current_password", "Current password")}
              />
            )}
            <TextField
              label="New password"
              name="new_password"
              type="password"
              autoComplete="new-password"
              required
              hint="At least 8 characters. A few words make a good one."
              error={errorOf("new_password", "New password")}
            />
          </>
        )}
      </SettingsForm>
    </section>
  );
}
