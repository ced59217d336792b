import type { Metadata } from "next";
import Link from "next/link";
import { HOME } from "@/lib/web-session/next-path";
import { ActionForm } from "../_components/action-form";
import { AuthPage } from "../_components/auth-page";
import { parameter, type SearchParams } from "../_components/parameters";
import { verifyAction } from "../actions";

export const metadata: Metadata = { title: "Confirm your e-mail address", robots: { index: false } };

/** A button, because programs that look for malware in mail follow every link. */
export default async function VerifyPage({ searchParams }: { searchParams: SearchParams }) {
  const token = (await parameter(searchParams, "token")) ?? "";
  return (
    <AuthPage title="Confirm your e-mail address">
      <ActionForm action={verifyAction} submit="Confirm" busy="Confirming…" hidden={{ token }} />
      <p>
        <Link href={HOME}>Go on</Link>
      </p>
    </AuthPage>
  );
}
