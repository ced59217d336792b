import { headers } from "next/headers";
import { type ReactNode, Suspense } from "react";
import { Skeleton } from "./skeleton";

/**
 * What the server has to read first. A document comes whole: without scripts nothing would put in place what is streamed
 * after a skeleton. Only a navigation by script shows one meanwhile.
 */
export async function ReadFirst({ title, children }: { title: string; children: ReactNode }) {
  const isDocument = (await headers()).get("accept")?.includes("text/html");
  return isDocument ? children : <Suspense fallback={<Skeleton title={title} />}>{children}</Suspense>;
}
