import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import "./_ui/tokens.css";
import "./_ui/base.css";

export const metadata: Metadata = {
  title: { default: "Fourfold", template: "%s · Fourfold" },
  description: "A task manager that knows urgent from important, with a REST API to build on.",
};

export const viewport: Viewport = { colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A page made ahead of the request could not carry the nonce of its answer, and its scripts would not run.
  await connection();
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
