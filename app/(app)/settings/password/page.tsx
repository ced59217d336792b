import type { Metadata } from "next";
import { getProfile } from "@/lib/auth/profile";
import { ownContext } from "../_components/own-context";
import { PasswordForm } from "./_components/password-form";

export const metadata: Metadata = { title: "Password" };

export default async function PasswordPage() {
  const { email, hasPassword } = await getProfile(await ownContext());
  return (
    <>
      <h1>Password</h1>
      <PasswordForm email={email} hasPassword={hasPassword} />
    </>
  );
}
