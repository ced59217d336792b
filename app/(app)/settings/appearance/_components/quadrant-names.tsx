"use client";

import { TextField } from "@/app/_ui/field";
import { QUADRANTS } from "@/lib/board/quadrants";
import { useApp, usePreferences } from "../../../_shell/app-context";
import styles from "../../_components/settings.module.css";
import { SettingsForm } from "../../_components/settings-form";

export function QuadrantNames() {
  const { board, client } = useApp();
  const { quadrant_names: names } = usePreferences();
  const send = async (text: (name: string) => string) => {
    const chosen = QUADRANTS.map(({ key }) => [key, text(key).trim()] as const).filter(([, name]) => name);
    const { data } = await client.auth.me({ preferences: { quadrant_names: Object.fromEntries(chosen) } });
    board.preferences.set(data.preferences);
    return "The names are saved.";
  };
  return (
    <section aria-labelledby="names" className={styles.section}>
      <h2 id="names">Names of the quadrants</h2>
      <p className={styles.note}>
        What they mean stays: only the words change. An empty name becomes the usual one.
      </p>
      <SettingsForm submit="Save the names" busy="Saving…" send={send}>
        {(errorOf) =>
          QUADRANTS.map(({ key, number, meaning }) => (
            <TextField
              // A name that was left empty comes back as the usual one.
              key={`${key} ${names[key]}`}
              label={`${number}: ${meaning.toLowerCase()}`}
              name={key}
              maxLength={30}
              defaultValue={names[key]}
              error={errorOf(`preferences.quadrant_names.${key}`, "The name")}
            />
          ))
        }
      </SettingsForm>
    </section>
  );
}
