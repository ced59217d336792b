import type { NextRequest } from "next/server";
import { notFound } from "@/lib/api";
import { BASE_HEADERS } from "@/lib/http/headers";
import { finishSignIn } from "@/lib/web-session/auth";
import { providers } from "@/lib/web-session/providers";

export const { POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = notFound;

const CALLBACK = /^\/api\/auth\/callback\/([^/]+)$/;

/** The end of a sign-in through a provider. All else that Auth.js offers here, the pages do without. */
export async function GET(request: NextRequest): Promise<Response> {
  const id = CALLBACK.exec(request.nextUrl.pathname)?.[1];
  if (!providers.some((provider) => provider.id === id)) return notFound.GET(request);
  const { status, headers: given } = await finishSignIn(request);
  const headers = new Headers(given);
  for (const [name, value] of Object.entries(BASE_HEADERS)) headers.set(name, value);
  return new Response(null, { status, headers });
}
