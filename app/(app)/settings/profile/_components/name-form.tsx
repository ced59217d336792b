"use client";

import { useRouter } from "next/navigation";
import { TextField } from "@/app/_ui/field";
import { useApi } from "../../../_shell/app-context";
import styles from "../../_components/settings.module.css";
import { SettingsForm } from "../../_components/settings-form";

export function NameForm({ name }: { name: string | null }) {
  const api = useApi();
  const router = useRouter();
  const send = async (text: (name: string) => string) => {
    await api.auth.me({ name: text("name").trim() || null });
    router.refresh();
    return "Your name is saved.";
  };
  return (
    <section aria-labelledby="name" className={styles.section}>
      <h2 id="name">Name</h2>
      <SettingsForm submit="Save the name" busy="Saving…" send={send}>
        {(errorOf) => (
          <TextField
            label="Name"
            name="name"
            autoComplete="name"
            defaultValue={name ?? ""}
            error={errorOf("name", "Name")}
          />
        )}
      </SettingsForm>
    </section>
  );
}
