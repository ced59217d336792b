import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { profileOf } from "@/lib/auth/profile";
import { Profile } from "@/lib/auth/schemas";
import { toWire } from "@/lib/keys";
import { readOpenTasks } from "@/lib/sync/snapshot";
import { Task } from "@/lib/tasks/schemas";
import { pageContext } from "@/lib/web-session/context";
import { getSession } from "@/lib/web-session/session";
import { AppProvider } from "./_shell/app-context";
import { localeOf } from "./_shell/locale";
import { ServiceWorker } from "./_shell/service-worker";
import { Shell } from "./_shell/shell";

export const metadata: Metadata = { robots: { index: false } };

export default async function AppLayout({ children }: { children: ReactNode }) {
  const session = await getSession();
  const asked = await headers();
  if (!session)
    redirect(`/sign-in?${new URLSearchParams({ next: asked.get("x-fourfold-page") ?? "/matrix" })}`);
  const ctx = await pageContext(session);
  const [profile, { tasks, nextToken, isNew }] = await Promise.all([
    profileOf(ctx, session.userId),
    readOpenTasks(ctx),
  ]);
  const initial = {
    profile: Profile.parse(toWire(profile)),
    tasks: JSON.stringify(Task.array().parse(toWire(tasks))),
    token: nextToken,
    isNew,
    now: new Date().toISOString(),
    locale: localeOf(asked.get("accept-language")),
  };
  return (
    <AppProvider initial={initial}>
      <Shell>{children}</Shell>
      <ServiceWorker />
    </AppProvider>
  );
}
