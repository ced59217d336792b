"use client";

import { useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import type { Session } from "@/lib/client/client";
import { useApi } from "../../../_shell/app-context";
import { refusalOf } from "../../_components/refusal";
import styles from "../../_components/settings.module.css";
import { Device } from "./device";

const nameOf = ({ device }: Session) => device ?? "Unknown device";

export function Devices({ sessions }: { sessions: readonly Session[] }) {
  const api = useApi();
  const [shown, setShown] = useState(sessions);
  const [going, setGoing] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState("");
  const [refusal, setRefusal] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const others = shown.filter(({ is_current }) => !is_current);

  const end = async (which: readonly Session[], ask: () => Promise<unknown>, done: string) => {
    setGoing(new Set(which.map(({ id }) => id)));
    setRefusal("");
    try {
      await ask();
      setShown((all) => all.filter((session) => !which.includes(session)));
      setSaid(done);
      // What was pressed is gone.
      list.current?.focus();
    } catch (error) {
      setRefusal(refusalOf(error));
    }
    setGoing(new Set());
  };
  const endOne = (session: Session) =>
    end([session], () => api.auth.deleteSessions(session.id), `Signed out ${nameOf(session)}.`);
  const endOthers = () =>
    end(others, () => api.auth.signout({ scope: "others" }), "Signed out all other devices.");

  return (
    <section className={styles.section}>
      <p className={styles.note}>
        Where you are signed in. A device that you sign out has to sign in again at once; that cannot be
        undone.
      </p>
      <ul ref={list} tabIndex={-1} aria-label="Devices" className={styles.rows}>
        {shown.map((session) => (
          <Device
            key={session.id}
            session={session}
            name={nameOf(session)}
            isGoing={going.has(session.id)}
            onEnd={() => void endOne(session)}
          />
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
      {others.length > 0 && (
        <div>
          <Button onClick={() => void endOthers()} aria-disabled={going.size > 0}>
            Sign out all other devices
          </Button>
        </div>
      )}
    </section>
  );
}
