"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import styles from "./settings.module.css";

const PAGES = [
  ["/settings/profile", "Profile"],
  ["/settings/password", "Password"],
  ["/settings/sessions", "Sessions"],
  ["/settings/accounts", "Connected accounts"],
  ["/settings/events", "Security events"],
  ["/settings/appearance", "Appearance"],
  ["/settings/shortcuts", "Shortcuts"],
  ["/settings/data", "Data"],
] as const;

export function SettingsNav() {
  const path = usePathname();
  return (
    <nav aria-label="Settings" className={styles.nav}>
      <ul>
        {PAGES.map(([href, name]) => (
          <li key={href}>
            <Link href={href} aria-current={path === href ? "page" : undefined}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
