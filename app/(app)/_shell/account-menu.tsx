"use client";

import Link from "next/link";
import { type FormEvent, useCallback, useRef, useState } from "react";
import { Button, buttonClass } from "@/app/_ui/button";
import { signOutAction } from "@/app/(auth)/actions";
import styles from "./account-menu.module.css";
import { useApp, useBoardState } from "./app-context";
import { SignOutDialog } from "./sign-out-dialog";
import { useLeave } from "./use-leave";

/** Works before the scripts have come, and without them: the browser itself opens it and sends the form. */
export function AccountMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { name, email } = useApp().initial.profile;
  const unsaved = useBoardState(({ outbox }) => outbox.queued);
  const [isAsking, setIsAsking] = useState(false);
  const menu = useRef<HTMLElement>(null);
  const leave = useLeave();
  const stay = useCallback(() => setIsAsking(false), []);
  const close = () => menu.current?.hidePopover();
  const signOut = (event: FormEvent) => {
    event.preventDefault();
    close();
    if (unsaved > 0) setIsAsking(true);
    else void leave();
  };
  return (
    <>
      <button type="button" popoverTarget="account-menu" className={styles.opener}>
        <span className={styles.initial} aria-hidden="true">
          {[...(name ?? email)][0]?.toUpperCase()}
        </span>
        <span className="visually-hidden">Account: </span>
        <span className={styles.name}>{name ?? email}</span>
      </button>
      <section ref={menu} id="account-menu" popover="auto" aria-label="Account" className={styles.menu}>
        <p className={styles.person}>
          {name && <strong>{name}</strong>}
          <span>{email}</span>
        </p>
        <Link href="/settings/profile" className={buttonClass("quiet")} onClick={close}>
          Settings
        </Link>
        <Button
          variant="quiet"
          onClick={() => {
            close();
            onShortcuts();
          }}
        >
          Keyboard shortcuts
        </Button>
        <a href="/api/v1/openapi.json" target="_blank" rel="noreferrer" className={buttonClass("quiet")}>
          The API
        </a>
        <form action={signOutAction} onSubmit={signOut}>
          <Button type="submit" variant="quiet">
            Sign out
          </Button>
        </form>
      </section>
      {isAsking && <SignOutDialog unsaved={unsaved} onLeave={leave} onClose={stay} />}
    </>
  );
}
