import type { Page, Request, Route } from "playwright/test";

export const BATCH = "**/api/v1/batch";

/** The requests to that path so far, as they begin. */
export function requestsTo(page: Page, path: string): Request[] {
  const seen: Request[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === path) seen.push(request);
  });
  return seen;
}

export const refuse = (
  route: Route,
  status: number,
  { code, headers = {} }: { code: string; headers?: Record<string, string> },
) =>
  route.fulfill({
    status,
    contentType: "application/problem+json",
    headers,
    body: JSON.stringify({ success: false, code, status, detail: "Provoked by a test." }),
  });

/** As when another tab or window is looked at. */
export const turnTo = (page: Page, state: "hidden" | "visible") =>
  page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
