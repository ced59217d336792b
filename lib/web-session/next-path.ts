export const HOME = "/matrix";

const SOMEWHERE = "http://fourfold.invalid";

/** Where to go after signing in: a page of ours, whatever a link to the sign-in page asks for. */
export function nextPath(asked: unknown): string {
  if (typeof asked !== "string" || !asked.startsWith("/") || asked.length > 2_000) return HOME;
  if (!URL.canParse(asked, SOMEWHERE)) return HOME;
  const { origin, pathname, search, hash } = new URL(asked, SOMEWHERE);
  const isPage = origin === SOMEWHERE && !pathname.startsWith("//") && !/^\/api(\/|$)/i.test(pathname);
  return isPage ? pathname + search + hash : HOME;
}
