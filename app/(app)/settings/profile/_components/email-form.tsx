"use client";

import { TextField } from "@/app/_ui/field";
import type { Profile } from "@/lib/client/client";
import { useApi } from "../../../_shell/app-context";
import styles from "../../_components/settings.module.css";
import { SettingsForm } from "../../_components/settings-form";

type Props = { profile: Pick<Profile, "email" | "email_verified_at" | "has_password"> };

export function EmailForm({ profile }: Props) {
  const api = useApi();
  const change = async (text: (name: string) => string) => {
    const [email, password] = [text("email"), text("password")];
    await api.auth.email({ email, ...(password && { password }) });
    return `A message with a link is on its way to ${email}. The address changes when you follow it.`;
  };
  const confirm = async () => {
    await api.auth.email({ email: profile.email });
    return `A message with a link is on its way to ${profile.email}.`;
  };
  return (
    <section aria-labelledby="email" className={styles.section}>
      <h2 id="email">E-mail</h2>
      <p>
        Your address is <strong>{profile.email}</strong>
        {profile.email_verified_at === null && <span className={styles.badge}>not confirmed yet</span>}
      </p>
      {profile.email_verified_at === null && (
        <SettingsForm submit="Send a link to confirm it" busy="Sending…" send={confirm} kind="lesser">
          {() => null}
        </SettingsForm>
      )}
      <SettingsForm submit="Change the address" busy="Sending…" send={change}>
        {(errorOf) => (
          <>
            <TextField
              label="New e-mail"
              name="email"
              type="email"
              autoComplete="email"
              required
              error={errorOf("email", "New e-mail")}
            />
            {profile.has_password && (
              <TextField
                label="Password"
                name="password"
                type="password"
                autoComplete="current-password"
                required
                hint="So that nobody else changes it while you are away."
                error={errorOf("password", "Password")}
              />
            )}
          </>
        )}
      </SettingsForm>
    </section>
  );
}
