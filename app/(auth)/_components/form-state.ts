/** What a form shows after it was sent, with or without JavaScript. */
export type FormState = {
  /** Said aloud. */
  message?: string;
  /** It worked, and there is nothing left to fill in. */
  isDone?: boolean;
  /** By the name of the field. */
  errors?: Record<string, string>;
  /** What was typed, but for secrets. */
  values?: Record<string, string>;
};

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

export type Field = {
  name: string;
  label: string;
  type: "email" | "password" | "text";
  autoComplete: string;
  hint?: string;
  isOptional?: boolean;
};
