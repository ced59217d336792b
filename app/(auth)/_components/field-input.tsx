import { TextField } from "@/app/_ui/field";
import type { Field } from "./form-state";

type Props = { field: Field; value?: string | undefined; error?: string | undefined; readOnly?: boolean };

export function FieldInput({ field, value, error, readOnly }: Props) {
  return (
    <TextField
      label={field.label}
      hint={field.hint}
      error={error}
      name={field.name}
      type={field.type}
      autoComplete={field.autoComplete}
      autoCapitalize="none"
      spellCheck={false}
      required={!field.isOptional}
      readOnly={readOnly}
      defaultValue={value}
    />
  );
}
