import { Button } from "@/app/_ui/button";
import type { Session } from "@/lib/client/client";
import { Moment } from "../../_components/moment";
import styles from "../../_components/settings.module.css";

type Props = { session: Session; name: string; isGoing: boolean; onEnd: () => void };

export function Device({ session, name, isGoing, onEnd }: Props) {
  const { kind, method, address_prefix, is_current, last_seen_at, created_at } = session;
  const way = kind === "api" ? "through the API" : `with ${method === "password" ? "a password" : method}`;
  return (
    <li className={styles.row} aria-busy={isGoing}>
      <div>
        <strong>{name}</strong>
        {is_current && <span className={styles.badge}>This device</span>}
        <p>
          Last seen <Moment at={last_seen_at} />
          {address_prefix && `, network ${address_prefix}`}
        </p>
        <p>
          Signed in <Moment at={created_at} /> {way}
        </p>
      </div>
      {!is_current && (
        <Button onClick={onEnd} aria-disabled={isGoing} aria-label={`Sign out ${name}`}>
          Sign out
        </Button>
      )}
    </li>
  );
}
