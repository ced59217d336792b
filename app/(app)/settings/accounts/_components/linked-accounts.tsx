"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import type { Account } from "@/lib/client/client";
import { useApi } from "../../../_shell/app-context";
import { Moment } from "../../_components/moment";
import { refusalOf } from "../../_components/refusal";
import styles from "../../_components/settings.module.css";

type Linked = Account & { name: string };

export function LinkedAccounts({ accounts }: { accounts: readonly Linked[] }) {
  const api = useApi();
  const router = useRouter();
  const [going, setGoing] = useState<string>();
  const [said, setSaid] = useState("");
  const [refusal, setRefusal] = useState("");
  const list = useRef<HTMLUListElement>(null);

  const unlink = async ({ provider, name }: Linked) => {
    setGoing(provider);
    setRefusal("");
    try {
      await api.auth.deleteAccounts(provider);
      router.refresh();
      setSaid(`${name} is no longer connected.`);
      list.current?.focus();
    } catch (error) {
      setRefusal(refusalOf(error));
    }
    setGoing(undefined);
  };

  return (
    <section className={styles.section}>
      <p className={styles.note}>You can sign in through these as well as with your password.</p>
      <ul ref={list} tabIndex={-1} aria-label="Connected accounts" className={styles.rows}>
        {accounts.length === 0 && <li className={styles.row}>None so far.</li>}
        {accounts.map((account) => (
          <li key={account.provider} className={styles.row} aria-busy={going === account.provider}>
            <div>
              <strong>{account.name}</strong>
              <p>
                Connected <Moment at={account.created_at} />
              </p>
            </div>
            <Button onClick={() => void unlink(account)} aria-label={`Disconnect ${account.name}`}>
              Disconnect
            </Button>
          </li>
        ))}
      </ul>
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
