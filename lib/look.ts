import type { Preferences } from "@/lib/client/client";

export type Look = Pick<Preferences, "theme" | "density">;

/** No secret, and so small that the first paint can wait for it: what the page looks like, in this browser. */
export const LOOK_COOKIE = "fourfold.look";

const THEMES: readonly Look["theme"][] = ["system", "light", "dark"];
const DENSITIES: readonly Look["density"][] = ["comfortable", "compact"];

export function readLook(cookie: string | undefined): Look {
  const [theme, density] = cookie?.split(".") ?? [];
  return {
    theme: THEMES.find((known) => known === theme) ?? "system",
    density: DENSITIES.find((known) => known === density) ?? "comfortable",
  };
}

/** For a year, and for every page. */
export const lookCookie = ({ theme, density }: Look): string =>
  `${LOOK_COOKIE}=${theme}.${density}; Path=/; Max-Age=31536000; SameSite=Lax`;
