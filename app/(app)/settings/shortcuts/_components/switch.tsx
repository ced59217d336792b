"use client";

import { useApp, usePreferences } from "../../../_shell/app-context";
import { savePreferences } from "../../../_shell/save-preferences";
import styles from "../../_components/settings.module.css";

export function Switch() {
  const { board, client } = useApp();
  const { shortcuts } = usePreferences();
  return (
    <section aria-label="Shortcuts" className={styles.section}>
      <label className={styles.switch}>
        <input
          type="checkbox"
          checked={shortcuts}
          onChange={({ target }) => void savePreferences(board, client, { shortcuts: target.checked })}
        />
        Single keys do things
      </label>
      <p className={styles.note}>
        Turn this off if you speak to your computer, or if keys are pressed by accident. Keys together with
        Ctrl or ⌘, and the keys inside of a list or a dialog, go on working.
      </p>
      {shortcuts && (
        <p>
          Press <kbd>?</kbd> anywhere to see all of them.
        </p>
      )}
    </section>
  );
}
