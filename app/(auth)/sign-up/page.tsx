import type { Metadata } from "next";
import Link from "next/link";
import { env } from "@/lib/env";
import { nextPath } from "@/lib/web-session/next-path";
import { providers } from "@/lib/web-session/providers";
import { ActionForm } from "../_components/action-form";
import { AuthPage } from "../_components/auth-page";
import { SIGN_UP_FIELDS } from "../_components/fields";
import { parameter, type SearchParams } from "../_components/parameters";
import { ProviderButtons } from "../_components/provider-buttons";
import { signUpAction } from "../actions";

export const metadata: Metadata = { title: "Sign up" };

export default async function SignUpPage({ searchParams }: { searchParams: SearchParams }) {
  const next = nextPath(await parameter(searchParams, "next"));
  return (
    <AuthPage title="Sign up">
      {env.SIGNUPS === "closed" ? (
        <p>New accounts are made by the operator here.</p>
      ) : (
        <>
          <ActionForm
            action={signUpAction}
            submit="Sign up"
            busy="Signing up…"
            fields={SIGN_UP_FIELDS}
            hidden={{ next }}
          />
          <ProviderButtons providers={providers} next={next} />
        </>
      )}
      <p>
        An account already? <Link href={`/sign-in?${new URLSearchParams({ next })}`}>Sign in</Link>
      </p>
    </AuthPage>
  );
}
