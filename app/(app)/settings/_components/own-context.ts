import { redirect } from "next/navigation";
import type { Ctx } from "@/lib/context";
import { pageContext } from "@/lib/web-session/context";
import { getSession } from "@/lib/web-session/session";

/** Of whoever looks at the page. */
export async function ownContext(): Promise<Ctx> {
  const session = await getSession();
  if (!session) redirect("/sign-in?next=/settings");
  return pageContext(session);
}
