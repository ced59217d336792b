import type { Metadata } from "next";
import Link from "next/link";
import { ActionForm } from "../_components/action-form";
import { AuthPage } from "../_components/auth-page";
import { FORGOT_FIELDS } from "../_components/fields";
import { forgotAction } from "../actions";

export const metadata: Metadata = { title: "Forgot your password?" };

export default function ForgotPage() {
  return (
    <AuthPage title="Forgot your password?">
      <p>We send a link to your address, with which you choose a new one.</p>
      <ActionForm action={forgotAction} submit="Send the link" busy="Sending…" fields={FORGOT_FIELDS} />
      <p>
        <Link href="/sign-in">Back to signing in</Link>
      </p>
    </AuthPage>
  );
}
