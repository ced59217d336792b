/** What the form itself sees to be wrong, by the name of the field; each message follows the field's label. */
export class Invalid extends Error {
  override readonly name = "Invalid";
  readonly errors: Record<string, string>;

  constructor(errors: Record<string, string>) {
    super("Something is not right yet: see below.");
    this.errors = errors;
  }
}
