import { existsSync } from "node:fs";
import { chromium } from "playwright";

const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The Chromium to drive: the one named by the caller, Playwright's own, or the system's. */
export function findChromium(): string | undefined {
  return [process.env.PW_CHROMIUM, chromium.executablePath(), ...SYSTEM].find(
    (path) => path && existsSync(path),
  );
}
