import { operations } from "@/server/manifest";
import { expect, test } from "../../fixtures";
import { cookieOf, createBrowserPerson, sessionRow } from "../../support/browser-session";
import { exampleBody, nameOf } from "../../support/endpoints";

const SOME_ID = "01932f6e-8000-7000-8000-00000000ffff";

const ofUsers = operations.filter(({ policy }) => policy.auth === "user");

test("T-39 401 for a browser's cookie at every endpoint of the API, whoever sends it", async ({
  server,
  api,
}) => {
  test.setTimeout(60_000);
  const person = await createBrowserPerson(server.databaseUrl, { isDue: true });
  const page = await fetch(`${server.url}/matrix`, { headers: { cookie: cookieOf(person.token) } });
  expect(await page.text()).toContain(person.email);
  const { generation } = await sessionRow(server.databaseUrl, person.sessionId);
  expect(ofUsers.length).toBeGreaterThan(20);
  for (const operation of ofUsers) {
    const headers = {
      cookie: cookieOf(person.token),
      origin: server.url,
      "sec-fetch-site": "same-origin",
      "content-type": "application/json",
    };
    const path = operation.pattern.replaceAll(/\{\w+\}/g, SOME_ID);
    const answer = await api(operation.method, path, { headers, body: exampleBody(operation) });
    expect(answer.status, nameOf(operation)).toBe(401);
    expect(answer.headers.getSetCookie(), nameOf(operation)).toEqual([]);
  }
  const row = await sessionRow(server.databaseUrl, person.sessionId);
  expect(row).toEqual({ generation, revoke_reason: null });
});
