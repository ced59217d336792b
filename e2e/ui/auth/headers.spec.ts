import type { Page } from "playwright/test";
import { expect, test } from "../../fixtures";
import { createBrowserPerson, signInBrowser } from "../../support/browser-session";
import { startServer } from "../../support/server";

test.describe.configure({ timeout: 60_000 });

const PAGES = [
  "/",
  "/sign-in",
  "/sign-up",
  "/forgot",
  "/reset?token=x",
  "/verify?token=x",
  "/matrix",
  "/nowhere",
];

const nonceIn = (policy: string | null | undefined) => /'nonce-([^']+)'/.exec(policy ?? "")?.[1];

/** What the browser itself has refused. */
async function violationsOn(page: Page): Promise<string[]> {
  const violations: string[] = [];
  await page.exposeFunction("reportViolation", (text: string) => violations.push(text));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      Reflect.get(window, "reportViolation")(`${violatedDirective} ${blockedURI}`),
    );
  });
  return violations;
}

test("every page runs under a policy that it keeps, with a nonce of its own", async ({
  server,
  page,
  context,
}) => {
  const person = await createBrowserPerson(server.databaseUrl);
  const violations = await violationsOn(page);
  const nonces = new Set<string>();
  for (const path of PAGES) {
    if (path === "/matrix") await signInBrowser(context, server.url, person.token);
    const response = await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    // The board never stops asking what is new.
    if (path !== "/matrix") await page.waitForLoadState("networkidle");
    else await page.locator("[data-ready]").waitFor({ state: "attached" });
    const nonce = nonceIn(await response?.headerValue("content-security-policy"));
    expect(nonce, path).toMatch(/^[\w+/]{22}==$/);
    nonces.add(String(nonce));
    const scripts = await page
      .locator("script:not([src])")
      .evaluateAll((all) => all.map((script) => (script instanceof HTMLScriptElement ? script.nonce : "")));
    expect(new Set(scripts), path).toEqual(new Set([nonce]));
  }
  expect(nonces.size).toBe(PAGES.length);
  expect(violations).toEqual([]);
});

test.describe("what a policy refuses", () => {
  test.use({ tolerated: [/Content Security Policy|^Failed to load resource/] });

  test("a script that was smuggled into a page does not run", async ({ page, server }) => {
    const violations = await violationsOn(page);
    const own = await (await fetch(`${server.url}/sign-in`)).text();
    expect(own).toContain("</body>");
    await page.route("**/sign-in", async (route) => {
      const response = await route.fetch();
      const smuggled = `<script>window.smuggled = 1</script><img src="x" onerror="window.smuggled = 2">`;
      await route.fulfill({
        response,
        body: (await response.text()).replace("</body>", `${smuggled}</body>`),
      });
    });
    await page.goto("/sign-in", { waitUntil: "networkidle" });
    expect(await page.evaluate(() => Reflect.get(window, "smuggled"))).toBeUndefined();
    expect(violations.length).toBeGreaterThanOrEqual(2);
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  });
});

test("going from page to page keeps to the policy of the first", async ({ page }) => {
  const violations = await violationsOn(page);
  await page.goto("/sign-in", { waitUntil: "networkidle" });
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page).toHaveURL("/forgot");
  await page.getByRole("link", { name: "Back to signing in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  expect(violations).toEqual([]);
});

test("every page carries the headers that keep it to itself", async ({ server }) => {
  for (const path of PAGES) {
    const { headers } = await fetch(server.url + path, { redirect: "manual" });
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("cross-origin-opener-policy"), path).toBe("same-origin");
    expect(headers.get("permissions-policy"), path).toContain("camera=()");
    expect(headers.get("content-security-policy"), path).toContain("frame-ancestors 'none'");
    expect(headers.get("content-security-policy"), path).not.toContain("unsafe");
    expect(headers.get("cache-control"), path).toContain("no-store");
    expect(headers.get("strict-transport-security"), path).toBeNull();
    expect(headers.get("x-powered-by"), path).toBeNull();
    const holdsSecret = /^\/(reset|verify)/.test(path);
    expect(headers.get("referrer-policy"), path).toBe(
      holdsSecret ? "strict-origin" : "strict-origin-when-cross-origin",
    );
  }
});

test("behind TLS the cookie has the __Host- prefix, and the browser is told to stay there", async ({
  server,
  driver,
}) => {
  const environment = { AUTH_URL: "https://tasks.example.org" };
  const secure = await startServer({ databaseUrl: server.databaseUrl, driver, environment });
  const response = await fetch(`${secure.url}/matrix`, {
    headers: { cookie: "__Host-fourfold.session=garbage" },
    redirect: "manual",
  });
  expect(response.headers.get("strict-transport-security")).toBe("max-age=31536000; includeSubDomains");
  const [cookie = ""] = response.headers.getSetCookie();
  const [pair, ...attributes] = cookie.split("; ");
  expect(pair).toBe("__Host-fourfold.session=");
  expect(attributes.map((text) => text.toLowerCase())).toEqual(
    expect.arrayContaining(["path=/", "secure", "httponly", "samesite=lax"]),
  );
  expect(cookie).not.toMatch(/domain=/i);
  await secure.stop();
});
