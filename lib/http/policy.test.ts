import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { createTestApi, NoteCreate, notesOf, send, sendJson, USER_ID } from "@/lib/http/fixture";
import { errorCodesOf } from "@/lib/http/policy";

const { route } = createTestApi();
const { create, list, find, health } = notesOf({ route });

describe("the policy", () => {
  test("is carried by the route, its schemas being the ones that were given", () => {
    expect(create.policy).toMatchObject({ auth: "user", scope: "notes:write", status: 201 });
    expect(create.policy.body).toBe(NoteCreate);
  });

  test.each([
    z.object({ a: z.string() }),
    z.object({ a: z.string() }).optional(),
    z.object({ a: z.string() }).transform(({ a }) => a),
  ])("cannot be made with an input that ignores unknown members", (body) => {
    const make = () => route({ auth: "user", summary: "Loose", body, output: null }, () => {});
    expect(make).toThrow('"Loose": make its input a z.strictObject.');
  });

  test("cannot be conditional without saying what a 412 shows", () => {
    const make = () => route({ auth: "user", summary: "Blind", output: null, conditional: true }, () => {});
    expect(make).toThrow('"Blind": say with current what a 412 shows.');
  });

  test("tells every code that the endpoint may answer with", () => {
    expect(errorCodesOf(create.policy, "POST").sort()).toEqual(
      [
        "conflict",
        "insufficient_scope",
        "internal",
        "invalid",
        "malformed",
        "rate_limited",
        "too_large",
        "unauthenticated",
        "unavailable",
        "unsupported_media_type",
      ].sort(),
    );
    expect(errorCodesOf(find.policy, "GET")).toContain("not_found");
    expect(errorCodesOf(health.policy, "GET")).toEqual(["internal", "unavailable"]);
  });

  test("gives the handler its types", async () => {
    expectTypeOf(create.handler).parameter(0).toHaveProperty("body").toEqualTypeOf<{
      title: string;
      dueAt?: Date | undefined;
      tags?: { name: string }[] | undefined;
    }>();
    expectTypeOf(find.handler).parameter(0).toHaveProperty("params").toEqualTypeOf<{ id: string }>();
    expectTypeOf(find.handler).parameter(0).toHaveProperty("query").toEqualTypeOf<undefined>();
    expectTypeOf(health.handler)
      .parameter(0)
      .toHaveProperty("ctx")
      .toHaveProperty("actor")
      .toEqualTypeOf<null>();
    const response = await send(list, "/notes?limit=7&is_done=true");
    expect((await response.json()).data).toEqual({ limit: 7, is_done: true });
  });

  test("shows the user to the handler", async () => {
    const whoami = route({ auth: "user", summary: "Who", output: z.string() }, ({ ctx }) => ctx.actor.userId);
    expect((await (await send(whoami, "/me")).json()).data).toBe(USER_ID);
  });
});

describe("a lenient variant of a route", () => {
  const legacy = { lenient: { malformed: ["limit"] }, headers: { Deprecation: "@1767225600" } };
  const legacyList = route({ ...list.policy, ...legacy }, list.handler);
  const legacyCreate = route({ ...create.policy, ...legacy }, create.handler);

  test("200 ignores unknown and repeated parameters, and says that it is deprecated", async () => {
    const response = await send(legacyList, "/notes?limit=7&limit=8&utm=1");
    expect([response.status, response.headers.get("deprecation")]).toEqual([200, "@1767225600"]);
    expect((await response.json()).data.limit).toBe(8);
  });

  test("201 ignores unknown members", async () => {
    expect((await sendJson(legacyCreate, "/notes", { title: "Tea", user_id: 1 })).status).toBe(201);
  });

  test("400 for the values that the origin called so, 422 for others", async () => {
    expect((await send(legacyList, "/notes?limit=x")).status).toBe(400);
    expect((await send(legacyList, "/notes?is_done=x")).status).toBe(422);
  });
});
