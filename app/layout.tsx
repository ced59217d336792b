import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import "./_ui/tokens.css";
import "./_ui/base.css";

export const metadata: Metadata = {
  title: { default: "Fourfold", template: "%s · Fourfold" },
  description: "A task manager that knows urgent from important, with a REST API to build on.",
};

export const viewport: Viewport = { colorScheme: "light dark" };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
