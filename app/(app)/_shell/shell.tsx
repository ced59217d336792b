"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Icon } from "@/app/_ui/icon";
import { RowPopup } from "../_board/row-popup";
import { SelectionBar } from "../_board/selection-bar";
import { TaskPanel } from "../_board/task-panel";
import { Dialogs } from "../_commands/dialogs";
import { Keyboard } from "../_commands/keyboard";
import { AccountMenu } from "./account-menu";
import { useApp, useBoardState } from "./app-context";
import { Notices } from "./notices";
import { SavePill } from "./save-pill";
import styles from "./shell.module.css";
import { SignInAgain } from "./sign-in-again";
import { Tabs } from "./tabs";
import { TimeZone } from "./time-zone";

export function Shell({ children }: { children: ReactNode }) {
  const { ui } = useApp();
  return (
    <div className={styles.shell}>
      <a href="#main" className={styles.skip}>
        Skip to the tasks
      </a>
      <header className={styles.header}>
        <Link href="/matrix" className={styles.brand} prefetch>
          Fourfold
        </Link>
        <Navigation />
        <SavePill />
        <button
          type="button"
          className={styles.new}
          onClick={() => ui.set({ dialog: "quick-add", draft: "" })}
        >
          <Icon name="plus" />
          <span>Add</span>
        </button>
        <AccountMenu onShortcuts={() => ui.set({ dialog: "shortcuts" })} />
      </header>
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <TaskPanel />
      <SelectionBar />
      <Notices />
      <RowPopup />
      <Dialogs />
      <Keyboard />
      <SignInAgain />
      <Tabs />
      <TimeZone />
    </div>
  );
}

const LINKS = [
  { href: "/matrix", name: "Matrix" },
  { href: "/inbox", name: "Unsorted" },
  { href: "/today", name: "Today" },
  { href: "/upcoming", name: "Upcoming" },
  { href: "/done", name: "Done" },
  { href: "/trash", name: "Trash" },
  { href: "/search", name: "Search" },
] as const;

function Navigation() {
  const path = usePathname();
  const unsorted = useBoardState((state) => state.places.unsorted.length);
  return (
    <nav aria-label="Views" className={styles.nav}>
      <ul>
        {LINKS.map(({ href, name }) => (
          <li key={href}>
            <Link href={href} aria-current={path === href ? "page" : undefined}>
              {name}
              {href === "/inbox" && unsorted > 0 && (
                <span className={styles.count}>
                  {unsorted}
                  <span className="visually-hidden"> tasks</span>
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
