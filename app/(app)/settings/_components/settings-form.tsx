"use client";

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { SubmitButton } from "@/app/(auth)/_components/submit-button";
import { Invalid } from "./invalid";
import { errorsOf, refusalOf } from "./refusal";
import styles from "./settings.module.css";

type State = { said?: string; message?: string; errors?: Record<string, string> };

/** What is wrong with a field, if anything is, as a sentence about it. */
export type ErrorOf = (name: string, label: string) => string | undefined;

type Props = {
  submit: string;
  busy: string;
  /** Gives back what is to be said afterwards. */
  send: (text: (name: string) => string) => Promise<string>;
  children: (errorOf: ErrorOf) => ReactNode;
  kind?: keyof typeof KINDS;
};

const KINDS = {
  usual: { variant: "primary" },
  lesser: { variant: "secondary" },
  dangerous: { variant: "danger", icon: "trash" },
} as const;

export function SettingsForm({ submit, busy, send, children, kind = "usual" }: Props) {
  const [state, setState] = useState<State>({});
  const [isSending, setIsSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.errors) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [state]);
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isSending) return;
    const data = new FormData(event.currentTarget);
    setIsSending(true);
    try {
      const said = await send((name) => String(data.get(name) ?? ""));
      setState({ said });
      clearPasswords(form.current);
    } catch (error) {
      setState(
        error instanceof Invalid
          ? { message: error.message, errors: error.errors }
          : { message: refusalOf(error), errors: errorsOf(error) },
      );
    }
    setIsSending(false);
  };
  const errorOf: ErrorOf = (name, label) => state.errors?.[name] && `${label} ${state.errors[name]}`;
  return (
    // Before the scripts have come it must not be a GET: the address would hold what was typed.
    <form ref={form} method="post" onSubmit={onSubmit} className={styles.form} noValidate>
      {state.message && (
        <p role="alert" className={styles.alert}>
          {state.message}
        </p>
      )}
      {children(errorOf)}
      <SubmitButton isSending={isSending} busy={busy} {...KINDS[kind]}>
        {submit}
      </SubmitButton>
      <p role="status" className={styles.said}>
        {state.said}
      </p>
    </form>
  );
}

function clearPasswords(form: HTMLFormElement | null): void {
  for (const input of form?.querySelectorAll<HTMLInputElement>('input[type="password"]') ?? [])
    input.value = "";
}
