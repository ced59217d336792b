import { openToken } from "@/lib/web-session/token";
import { test as base, expect } from "../../fixtures";
import {
  cookieOf,
  createBrowserPerson,
  ownPost,
  sessionRow,
  setCookieOf,
} from "../../support/browser-session";
import { createDatabase } from "../../support/database";
import { type Server, startServer } from "../../support/server";
import { openWire, type Wire } from "../../support/wire";

/** A server whose way to the database is in our hands. `databaseUrl` is the way around it. */
const test = base.extend<{ remote: { server: Server; wire: Wire; databaseUrl: string } }>({
  remote: [
    async ({ driver }, use) => {
      const database = await createDatabase();
      const target = new URL(database.url);
      const wire = await openWire({ host: target.hostname, port: Number(target.port) });
      target.port = String(wire.port);
      const server = await startServer({ databaseUrl: target.toString(), driver });
      await use({ server, wire, databaseUrl: database.url });
      await server.stop();
      await wire.shut();
      await database.drop();
    },
    { timeout: 60_000 },
  ],
});

test.describe.configure({ timeout: 60_000 });

const visit = (url: string, token: string) =>
  fetch(`${url}/matrix`, { headers: { cookie: cookieOf(token) }, redirect: "manual" });

test("T-25 a page sees the session that was renewed for it, and so asks nobody whether the old one still counts", async ({
  remote: { server, wire, databaseUrl },
}) => {
  const person = await createBrowserPerson(databaseUrl, { isDue: true });
  wire.cutAfter('select 1 from "sessions" s join "users" u', 0);
  const response = await visit(server.url, person.token);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain(person.email);
  expect(wire.sightings).toBe(0);
  const next = setCookieOf(response.headers) ?? undefined;
  expect(await openToken(next)).toMatchObject({ gen: 1 });
  expect(await sessionRow(databaseUrl, person.sessionId)).toMatchObject({ generation: 1 });
  await ownPost(server.url, "/api/auth/token", next);
  expect(wire.sightings).toBe(1);
});

test("T-26 a connection that breaks in the middle of a renewal costs neither the page nor the session", async ({
  remote: { server, wire, databaseUrl },
}) => {
  const person = await createBrowserPerson(databaseUrl, { isDue: true });
  wire.cutAfter("with rotated as", 1);
  const response = await visit(server.url, person.token);
  expect(await response.text()).toContain(person.email);
  expect(response.headers.getSetCookie()).toEqual([]);
  const again = await visit(server.url, person.token);
  expect(await openToken(setCookieOf(again.headers) ?? undefined)).toMatchObject({ gen: 1 });
  expect(await sessionRow(databaseUrl, person.sessionId)).toEqual({ generation: 1, revoke_reason: null });
});

const faults = {
  "refuses connections": (wire: Wire) => wire.shut(),
  "says nothing": async (wire: Wire) => wire.freeze(),
  "does what it is told, and its answers are lost": async (wire: Wire) => wire.holdAnswers(),
};

for (const [name, begin] of Object.entries(faults))
  test(`T-26 nobody is signed out by a database that ${name}`, async ({
    remote: { server, wire, databaseUrl },
  }) => {
    const due = await createBrowserPerson(databaseUrl, { isDue: true });
    const fresh = await createBrowserPerson(databaseUrl);
    await visit(server.url, fresh.token);
    await begin(wire);

    for (const page of await Promise.all([due, fresh].map(({ token }) => visit(server.url, token)))) {
      expect(page.status).toBeGreaterThanOrEqual(500);
      expect(page.headers.getSetCookie()).toEqual([]);
      expect(page.headers.get("location")).toBeNull();
    }
    const data = await Promise.all([
      ownPost(server.url, "/api/auth/refresh", due.token),
      ownPost(server.url, "/api/auth/token", due.token),
      ownPost(server.url, "/api/auth/token", fresh.token),
      fetch(`${server.url}/api/auth/session`, { headers: { cookie: cookieOf(due.token) } }),
    ]);
    for (const response of data) {
      expect(response.status).toBe(503);
      expect(response.headers.get("retry-after")).not.toBeNull();
      expect(response.headers.getSetCookie()).toEqual([]);
      expect(await response.json()).toMatchObject({ code: "unavailable" });
    }

    wire.thaw();
    await wire.shut();
    await wire.open();
    for (const { token, email } of [due, fresh])
      await expect
        .poll(async () => (await visit(server.url, token)).text(), { timeout: 10_000 })
        .toContain(email);
    expect(await sessionRow(databaseUrl, due.sessionId)).toEqual({ generation: 1, revoke_reason: null });
  });
