import type { Metadata } from "next";
import Link from "next/link";
import { ActionForm } from "../_components/action-form";
import { AuthPage } from "../_components/auth-page";
import { RESET_FIELDS } from "../_components/fields";
import { parameter, type SearchParams } from "../_components/parameters";
import { resetAction } from "../actions";

export const metadata: Metadata = { title: "Choose a new password", robots: { index: false } };

export default async function ResetPage({ searchParams }: { searchParams: SearchParams }) {
  const token = (await parameter(searchParams, "token")) ?? "";
  return (
    <AuthPage title="Choose a new password">
      <p>Every device that is signed in will have to sign in again.</p>
      <ActionForm
        action={resetAction}
        submit="Change the password"
        busy="Changing…"
        fields={RESET_FIELDS}
        hidden={{ token }}
      />
      <p>
        <Link href="/forgot">Send another link</Link>
      </p>
    </AuthPage>
  );
}
