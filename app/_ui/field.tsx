import { type ComponentProps, type ReactNode, useId } from "react";
import styles from "./field.module.css";

type Texts = { label: string; hint?: ReactNode; error?: string | undefined };

type Control = { id: string; "aria-invalid"?: true; "aria-describedby"?: string };

/** A label, what is in `children`, and what is to be said of it. */
export function Field({
  label,
  hint,
  error,
  children,
}: Texts & { children: (control: Control) => ReactNode }) {
  const id = useId();
  const notes = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  const control: Control = { id };
  if (error) control["aria-invalid"] = true;
  if (notes) control["aria-describedby"] = notes;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(control)}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, hint, error, ...input }: Texts & ComponentProps<"input">) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <input {...input} {...control} className={styles.input} />}
    </Field>
  );
}

export function SelectField({ label, hint, error, ...select }: Texts & ComponentProps<"select">) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <select {...select} {...control} className={styles.input} />}
    </Field>
  );
}
