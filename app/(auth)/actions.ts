"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { verifyEmail } from "@/lib/auth/email";
import { requestPasswordReset, resetPassword } from "@/lib/auth/recovery";
import { EmailVerify, PasswordForgot, PasswordReset, SignUp } from "@/lib/auth/schemas";
import { signUp } from "@/lib/auth/sign-up";
import { validate } from "@/lib/http/validate";
import { browserContext } from "@/lib/web-session/context";
import { endBrowserSession } from "@/lib/web-session/end";
import { enterWithPassword, enterWithProvider } from "@/lib/web-session/enter";
import { nextPath } from "@/lib/web-session/next-path";
import { providers } from "@/lib/web-session/providers";
import { FORGOT_FIELDS, RESET_FIELDS, SIGN_IN_FIELDS, SIGN_UP_FIELDS } from "./_components/fields";
import type { FormState } from "./_components/form-state";
import { readForm, refusedForm } from "./_components/read-form";

export async function signInAction(_: FormState, form: FormData): Promise<FormState> {
  const { next, ...values } = readForm(form, ["email", "password", "next"]);
  try {
    await enterWithPassword(values);
  } catch (error) {
    return refusedForm(error, { fields: SIGN_IN_FIELDS, values });
  }
  redirect(nextPath(next) as Route);
}

export async function providerAction(form: FormData): Promise<void> {
  const { provider: id, next } = readForm(form, ["provider", "next"]);
  const provider = providers.find((known) => known.id === id);
  if (!provider) redirect("/sign-in");
  await enterWithProvider(provider.id, nextPath(next));
}

export async function signUpAction(_: FormState, form: FormData): Promise<FormState> {
  const { next, ...values } = readForm(form, ["name", "email", "password", "next"]);
  const account = { ...values, name: values.name.trim() || null };
  try {
    await signUp(await browserContext(), validate(SignUp, account));
  } catch (error) {
    return refusedForm(error, { fields: SIGN_UP_FIELDS, values });
  }
  const isIn = await enterWithPassword(values).then(
    () => true,
    () => false,
  );
  redirect(isIn ? (nextPath(next) as Route) : "/sign-in?notice=signed_up");
}

export async function forgotAction(_: FormState, form: FormData): Promise<FormState> {
  const values = readForm(form, ["email"]);
  try {
    await requestPasswordReset(await browserContext(), validate(PasswordForgot, values));
  } catch (error) {
    return refusedForm(error, { fields: FORGOT_FIELDS, values });
  }
  return {
    isDone: true,
    message: "If there is an account with this address, a message with a link is on its way to it.",
  };
}

export async function resetAction(_: FormState, form: FormData): Promise<FormState> {
  const values = readForm(form, ["token", "password"]);
  try {
    await resetPassword(await browserContext(), validate(PasswordReset, values));
  } catch (error) {
    return refusedForm(error, { fields: RESET_FIELDS, values });
  }
  redirect("/sign-in?notice=password_reset");
}

export async function verifyAction(_: FormState, form: FormData): Promise<FormState> {
  const values = readForm(form, ["token"]);
  try {
    const { email } = await verifyEmail(await browserContext(), validate(EmailVerify, values));
    return { isDone: true, message: `${email} is confirmed.` };
  } catch (error) {
    return refusedForm(error, { fields: [], values });
  }
}

export async function signOutAction(): Promise<void> {
  await endBrowserSession();
  redirect("/sign-in");
}
