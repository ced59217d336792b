"use client";

import { useEffect, useState } from "react";
import { Button, type ButtonVariant } from "@/app/_ui/button";
import type { IconName } from "@/app/_ui/icon";
import styles from "./form.module.css";

type Props = {
  isSending: boolean;
  children: string;
  /** Said while it takes longer than usual. */
  busy: string;
  variant?: ButtonVariant;
  icon?: IconName;
};

const PATIENCE_MS = 400;

export function SubmitButton({ isSending, children, busy, variant = "primary", icon }: Props) {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!isSending) return;
    const timer = setTimeout(() => setIsLong(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setIsLong(false);
    };
  }, [isSending]);
  return (
    <Button
      type="submit"
      variant={variant}
      {...(icon && { icon })}
      className={styles.submit}
      aria-disabled={isSending}
    >
      {isLong ? busy : children}
    </Button>
  );
}
