"use client";

import { type RefObject, useActionState, useEffect, useRef } from "react";
import { FieldInput } from "./field-input";
import styles from "./form.module.css";
import type { Field, FormAction, FormState } from "./form-state";
import { SubmitButton } from "./submit-button";

type Props = {
  action: FormAction;
  submit: string;
  busy: string;
  fields?: readonly Field[];
  /** Sent along without being shown. */
  hidden?: Readonly<Record<string, string>>;
  initial?: FormState;
};

const NO_FIELDS: readonly Field[] = [];
const NOTHING: FormState = {};

export function ActionForm({ action, submit, busy, fields = NO_FIELDS, hidden, initial = NOTHING }: Props) {
  const [state, send, isSending] = useActionState(action, initial);
  const form = useRef<HTMLFormElement>(null);
  useFocusOnRefusal(form, state);
  if (state.isDone) return <p role="status">{state.message}</p>;
  return (
    <form ref={form} action={send} className={styles.form} noValidate>
      <FormAlert state={state} />
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
      <SubmitButton isSending={isSending} busy={busy}>
        {submit}
      </SubmitButton>
    </form>
  );
}

export const FormAlert = ({ state }: { state: FormState }) =>
  state.message && (
    <p role="alert" className={styles.alert}>
      {state.message}
    </p>
  );

/** To the first field that is wrong, or, where only all of it is, to the first that has to be typed again. */
export function useFocusOnRefusal(form: RefObject<HTMLFormElement | null>, state: FormState): void {
  useEffect(() => {
    if (!state.values) return;
    const inputs = [...(form.current?.querySelectorAll("input") ?? [])];
    const wrong = inputs.find((input) => input.getAttribute("aria-invalid") === "true");
    (wrong ?? inputs.find((input) => input.required && input.value === ""))?.focus();
  }, [form, state]);
}
