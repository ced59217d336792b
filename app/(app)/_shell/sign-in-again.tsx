"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useActionState, useEffect, useRef, useState } from "react";
import { Dialog } from "@/app/_ui/dialog";
import { FormAlert, useFocusOnRefusal } from "@/app/(auth)/_components/action-form";
import { FieldInput } from "@/app/(auth)/_components/field-input";
import { SIGN_IN_FIELDS } from "@/app/(auth)/_components/fields";
import form from "@/app/(auth)/_components/form.module.css";
import { type OfferedProvider, ProviderButtons } from "@/app/(auth)/_components/provider-buttons";
import { SubmitButton } from "@/app/(auth)/_components/submit-button";
import { offeredProviders, signInAgainAction } from "./actions";
import { useApp, useBoardState } from "./app-context";
import { tellTabs } from "./channel";
import { goOn } from "./go-on";

/** Over the page as it is: nothing that was typed is lost. */
export function SignInAgain() {
  const isSignedOut = useBoardState((state) => state.isSignedOut);
  return useCalm(isSignedOut) ? <SignInDialog /> : null;
}

const CALM_MS = 1_000;

/** Who is writing just now would write on into the field for the password. */
function useCalm(isAsked: boolean): boolean {
  const [isCalm, setCalm] = useState(false);
  useEffect(() => {
    if (!isAsked) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setCalm(true), CALM_MS);
    };
    wait();
    document.addEventListener("input", wait);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("input", wait);
      setCalm(false);
    };
  }, [isAsked]);
  return isAsked && isCalm;
}

function SignInDialog() {
  const app = useApp();
  const query = useSearchParams().toString();
  const path = usePathname();
  const [state, send, isSending] = useActionState(signInAgainAction, {});
  const ref = useRef<HTMLFormElement>(null);
  useFocusOnRefusal(ref, state);
  useEffect(() => {
    if (!state.isDone) return;
    tellTabs("signed-in");
    void goOn(app);
  }, [app, state]);
  const [providers, setProviders] = useState<readonly OfferedProvider[]>([]);
  useEffect(() => void offeredProviders().then(setProviders, () => undefined), []);
  const email = app.initial.profile.email;
  return (
    <Dialog title="Sign in to continue" onClose={() => {}} isRequired>
      <p>You were signed out. What you see and what you have typed stays, and is saved afterwards.</p>
      <form ref={ref} action={send} className={form.form} noValidate>
        <FormAlert state={state} />
        {SIGN_IN_FIELDS.map((field) =>
          field.name === "email" ? (
            <FieldInput key={field.name} field={field} value={email} readOnly />
          ) : (
            <FieldInput key={field.name} field={field} error={state.errors?.[field.name]} />
          ),
        )}
        <SubmitButton isSending={isSending} busy="Signing in…">
          Sign in
        </SubmitButton>
      </form>
      <ProviderButtons providers={providers} next={query ? `${path}?${query}` : path} />
      <p>
        <a href="/sign-in">Sign out instead</a>
      </p>
    </Dialog>
  );
}
