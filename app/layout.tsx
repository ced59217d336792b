import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { LOOK_COOKIE, readLook } from "@/lib/look";
import "./_ui/tokens.css";
import "./_ui/base.css";

export const metadata: Metadata = {
  title: { default: "Fourfold", template: "%s · Fourfold" },
  description: "A task manager that knows urgent from important, with a REST API to build on.",
};

export const viewport: Viewport = { colorScheme: "light dark", interactiveWidget: "resizes-content" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A page made ahead of the request could not carry the nonce of its answer, and its scripts would not run.
  await connection();
  const { theme, density } = readLook((await cookies()).get(LOOK_COOKIE)?.value);
  return (
    <html lang="en" data-theme={theme} data-density={density}>
      <body>{children}</body>
    </html>
  );
}
