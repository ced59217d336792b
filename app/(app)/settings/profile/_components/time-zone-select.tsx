"use client";

import { useEffect, useState } from "react";
import { SelectField } from "@/app/_ui/field";
import { useApp, usePreferences } from "../../../_shell/app-context";
import { savePreferences } from "../../../_shell/save-preferences";
import styles from "../../_components/settings.module.css";

export function TimeZoneSelect() {
  const { board, client } = useApp();
  const current = usePreferences().time_zone ?? "UTC";
  // Those that the browser knows: the server may know others.
  const [known, setKnown] = useState<readonly string[]>([]);
  useEffect(() => setKnown(Intl.supportedValuesOf("timeZone")), []);
  const zones = [...new Set(["UTC", current, ...known])].sort();
  return (
    <section aria-labelledby="time" className={styles.section}>
      <h2 id="time">Time</h2>
      <SelectField
        label="Time zone"
        hint="It decides when a day begins, and so what is due today."
        value={current}
        onChange={({ target }) => void savePreferences(board, client, { time_zone: target.value })}
      >
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </SelectField>
    </section>
  );
}
