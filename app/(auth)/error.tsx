"use client";

import { Button } from "@/app/_ui/button";
import { AuthPage } from "./_components/auth-page";

export default function Unavailable({ retry }: { retry: () => void }) {
  return (
    <AuthPage title="We cannot answer at the moment">
      <p>You are still signed in, and nothing is lost.</p>
      <Button onClick={retry}>Try again</Button>
    </AuthPage>
  );
}
