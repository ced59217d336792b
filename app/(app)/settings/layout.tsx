import type { ReactNode } from "react";
import styles from "./_components/settings.module.css";
import { SettingsNav } from "./_components/settings-nav";

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className={styles.settings}>
      <SettingsNav />
      <div className={styles.page}>{children}</div>
    </div>
  );
}
