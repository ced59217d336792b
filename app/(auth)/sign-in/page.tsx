import type { Metadata, Route } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { nextPath } from "@/lib/web-session/next-path";
import { providers } from "@/lib/web-session/providers";
import { getSession } from "@/lib/web-session/session";
import { ActionForm } from "../_components/action-form";
import { AuthPage } from "../_components/auth-page";
import { SIGN_IN_FIELDS } from "../_components/fields";
import { parameter, type SearchParams } from "../_components/parameters";
import { ProviderButtons } from "../_components/provider-buttons";
import { errorMessage, noticeMessage } from "../_components/sign-in-messages";
import { signInAction } from "../actions";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const next = nextPath(await parameter(searchParams, "next"));
  const error = errorMessage(await parameter(searchParams, "error"));
  const notice = noticeMessage(await parameter(searchParams, "notice"));
  // Whoever cannot be recognised just now may still sign in.
  const session = await getSession().catch(() => null);
  if (session && !error) redirect(next as Route);
  const query = new URLSearchParams({ next });
  return (
    <AuthPage title="Sign in">
      {notice && <p role="status">{notice}</p>}
      <ActionForm
        action={signInAction}
        submit="Sign in"
        busy="Signing in…"
        fields={SIGN_IN_FIELDS}
        hidden={{ next }}
        initial={{ message: error }}
      />
      <ProviderButtons providers={providers} next={next} />
      <p>
        <Link href="/forgot">Forgot your password?</Link>
      </p>
      <p>
        No account yet? <Link href={`/sign-up?${query}`}>Sign up</Link>
      </p>
    </AuthPage>
  );
}
