"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { useApi } from "../../../_shell/app-context";
import { refusalOf } from "../../_components/refusal";
import styles from "../../_components/settings.module.css";

export function ExportData() {
  const api = useApi();
  const [isBusy, setIsBusy] = useState(false);
  const [said, setSaid] = useState("");
  const [refusal, setRefusal] = useState("");

  const download = async () => {
    if (isBusy) return;
    setIsBusy(true);
    setRefusal("");
    setSaid("Collecting your data…");
    try {
      const { data } = await api.export.get();
      const name = `fourfold-${data.exported_at.slice(0, 10)}.json`;
      saveFile(name, JSON.stringify(data, null, 2));
      setSaid(`Export ready: ${name}`);
    } catch (error) {
      setSaid("");
      setRefusal(refusalOf(error));
    }
    setIsBusy(false);
  };

  return (
    <section aria-labelledby="export" className={styles.section}>
      <h2 id="export">Export</h2>
      <p className={styles.note}>
        One JSON file with everything: your tasks, the done ones and those in the trash too, every change,
        your profile, your devices and the security events.
      </p>
      <div>
        <Button onClick={() => void download()} aria-disabled={isBusy}>
          Download my data
        </Button>
      </div>
      {refusal && (
        <p role="alert" className={styles.alert}>
          {refusal}
        </p>
      )}
      <p role="status" className={styles.said}>
        {said}
      </p>
    </section>
  );
}

function saveFile(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
