"use client";

import { useActionState } from "react";
import { FieldInput } from "./field-input";
import styles from "./form.module.css";
import type { Field, FormAction, FormState } from "./form-state";

type Props = {
  action: FormAction;
  submit: string;
  fields?: readonly Field[];
  /** Sent along without being shown. */
  hidden?: Readonly<Record<string, string>>;
  initial?: FormState;
};

const NO_FIELDS: readonly Field[] = [];

export function ActionForm({ action, submit, fields = NO_FIELDS, hidden, initial = {} }: Props) {
  const [state, send, isSending] = useActionState(action, initial);
  if (state.isDone) return <p role="status">{state.message}</p>;
  return (
    <form action={send} className={styles.form} noValidate>
      {state.message && (
        <p role="alert" className={styles.alert}>
          {state.message}
        </p>
      )}
      {Object.entries(hidden ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={state.values?.[field.name]}
          error={state.errors?.[field.name]}
        />
      ))}
      <button type="submit" className={styles.button} aria-disabled={isSending}>
        {submit}
      </button>
    </form>
  );
}
