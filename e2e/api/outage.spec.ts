import { operations } from "@/server/manifest";
import { createPerson } from "../factories";
import { expect, test } from "../fixtures";
import { createDatabase } from "../support/database";
import { exampleBody, nameOf } from "../support/endpoints";
import { startServer } from "../support/server";
import { openWire } from "../support/wire";

const SOME_ID = "01932f6e-8000-7000-8000-00000000ffff";

test("503 with Retry-After within 3 s from every endpoint while the database is away, and service when it is back", async ({
  driver,
}) => {
  const database = await createDatabase();
  const { id, token } = await createPerson(database.url);
  const target = new URL(database.url);
  const wire = await openWire({ host: target.hostname, port: Number(target.port) });
  target.port = String(wire.port);
  const server = await startServer({ databaseUrl: target.toString(), driver });
  const ask = async (operation: (typeof operations)[number]) => {
    const begin = performance.now();
    const body = exampleBody(operation);
    const response = await fetch(server.url + operation.pattern.replace("{id}", SOME_ID), {
      method: operation.method,
      headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
      body: body && JSON.stringify(body),
    });
    const { code, detail } = response.status === 204 ? {} : await response.json();
    const retryAfter = Number(response.headers.get("retry-after"));
    return {
      name: nameOf(operation),
      status: response.status,
      code,
      detail,
      retryAfter,
      ms: performance.now() - begin,
    };
  };
  const needy = operations.filter(({ policy }) => policy.auth === "user");

  await wire.shut();
  for (const answer of await Promise.all(needy.map(ask))) {
    expect(answer).toMatchObject({ status: 503, code: "unavailable" });
    expect(answer.retryAfter, answer.name).toBeGreaterThan(0);
    expect(answer.ms, answer.name).toBeLessThan(3_000);
    expect(answer.detail, answer.name).not.toContain(id);
  }
  await wire.open();
  for (const answer of await Promise.all(needy.map(ask)))
    expect(answer.status, answer.name).toBeLessThan(500);

  await server.stop();
  await wire.shut();
  await database.drop();
});
