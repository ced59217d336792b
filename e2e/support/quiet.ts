import type { BrowserContext } from "playwright/test";

/** What the pages of a context complain about: errors in the console (a broken security policy is one) and what nobody caught. */
export function listenTo(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
  return complaints;
}
