"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import type { SecurityEvent } from "@/lib/client/client";
import { useApi } from "../../../_shell/app-context";
import { Moment } from "../../_components/moment";
import { refusalOf } from "../../_components/refusal";
import styles from "../../_components/settings.module.css";
import { sentenceOf } from "./sentences";

type Page = { events: SecurityEvent[]; next_cursor: string | null };

export function Events({ first }: { first: Page }) {
  const api = useApi();
  const [{ events, next_cursor: cursor }, setPage] = useState(first);
  const [refusal, setRefusal] = useState("");
  const [isReading, setIsReading] = useState(false);

  const readOn = async () => {
    if (!cursor || isReading) return;
    setIsReading(true);
    setRefusal("");
    try {
      const { data } = await api.auth.getEvents({ cursor, limit: 50 });
      setPage({ events: [...events, ...data.events], next_cursor: data.next_cursor });
    } catch (error) {
      setRefusal(refusalOf(error));
    }
    setIsReading(false);
  };

  return (
    <section className={styles.section}>
      <p className={styles.note}>
        What happened to your account, the newest first. If something was not you, change your password and
        sign out the other devices.
      </p>
      <ul aria-label="Events" className={styles.rows}>
        {events.map(({ id, at, device, address_prefix, ...event }) => (
          <li key={id} className={styles.row}>
            <div>
              {sentenceOf(event)}
              <p>
                <Moment at={at} />
                {device && `, ${device}`}
                {address_prefix && `, network ${address_prefix}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {refusal && (
        <p role="alert" className={styles.alert}>
          {refusal}
        </p>
      )}
      {cursor && (
        <div>
          <Button onClick={() => void readOn()} aria-disabled={isReading}>
            Show more
          </Button>
        </div>
      )}
    </section>
  );
}
