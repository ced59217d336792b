import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { profileOf } from "@/lib/auth/profile";
import { browserContext } from "@/lib/web-session/context";
import { getSession } from "@/lib/web-session/session";
import { ActionForm } from "../_components/action-form";
import { AuthPage } from "../_components/auth-page";
import { signOutAction } from "../actions";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage() {
  const session = await getSession();
  if (!session) redirect("/sign-in?next=/home");
  const { email, name } = await profileOf(await browserContext(), session.userId);
  return (
    <AuthPage title={name ? `Hello, ${name}` : "Hello"}>
      <p>
        You are signed in as <strong>{email}</strong>.
      </p>
      <ActionForm action={signOutAction} submit="Sign out" />
    </AuthPage>
  );
}
