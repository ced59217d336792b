import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Ctx } from "@/lib/context";
import { pageContext } from "@/lib/web-session/context";
import { getSession } from "@/lib/web-session/session";

/** A page is made beside its layout, so it has to send away whoever is not signed in as well. */
export async function ownContext(): Promise<Ctx> {
  const session = await getSession();
  if (session) return pageContext(session);
  const page = (await headers()).get("x-fourfold-page") ?? "/matrix";
  redirect(`/sign-in?${new URLSearchParams({ next: page })}`);
}
