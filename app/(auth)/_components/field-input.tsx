import { useId } from "react";
import styles from "./form.module.css";
import type { Field } from "./form-state";

type Props = { field: Field; value: string | undefined; error: string | undefined };

export function FieldInput({ field, value, error }: Props) {
  const id = useId();
  const notes = [error && `${id}-error`, field.hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{field.label}</label>
      <input
        id={id}
        name={field.name}
        type={field.type}
        autoComplete={field.autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        required={!field.isOptional}
        defaultValue={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={notes || undefined}
      />
      {field.hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {field.hint}
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
