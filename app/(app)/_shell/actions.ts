"use server";

import { SIGN_IN_FIELDS } from "@/app/(auth)/_components/fields";
import type { FormState } from "@/app/(auth)/_components/form-state";
import type { OfferedProvider } from "@/app/(auth)/_components/provider-buttons";
import { readForm, refusedForm } from "@/app/(auth)/_components/read-form";
import { endBrowserSession } from "@/lib/web-session/end";
import { enterWithPassword } from "@/lib/web-session/enter";
import { providers } from "@/lib/web-session/providers";

/** The page stays where it is, with all that was typed into it. */
export async function signInAgainAction(_: FormState, form: FormData): Promise<FormState> {
  const values = readForm(form, ["email", "password"]);
  try {
    await enterWithPassword(values);
    return { isDone: true };
  } catch (error) {
    return refusedForm(error, { fields: SIGN_IN_FIELDS, values });
  }
}

/** The other ways in, for a dialog that hardly anybody ever sees. */
export async function offeredProviders(): Promise<OfferedProvider[]> {
  return providers.map(({ id, name }) => ({ id, name }));
}

/** The page goes by itself, once it has let go of what it holds. */
export async function leaveAction(): Promise<FormState> {
  try {
    await endBrowserSession();
    return { isDone: true };
  } catch (error) {
    return refusedForm(error, { fields: [], values: {} });
  }
}
