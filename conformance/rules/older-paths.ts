import type { Rule } from "../rule";
import { matches, same } from "../verdict";

const OLD = "/api/tasks";

export const olderPaths: Rule[] = [
  {
    id: "LEGACY-01",
    rule: "/api/tasks answers as /api/v1/tasks does, from create to delete",
    check: async ({ me, mark }) => {
      const created = await me.ask(201, "POST", OLD, { body: { title: `${mark} old` } });
      const { id } = created.body.data;
      const { body } = await me.ask(200, "GET", `${OLD}/${id}`);
      same(body, (await me.ask(200, "GET", `/tasks/${id}`)).body, "The task by both paths");
      await me.ask(200, "PATCH", `${OLD}/${id}/complete`, { body: { completed: true } });
      await me.ask(204, "DELETE", `${OLD}/${id}`);
      await me.ask(404, "GET", `${OLD}/${id}`);
    },
  },
  {
    id: "LEGACY-02",
    rule: "Its answers say that it is deprecated, and where to read about that; those of v1 do not",
    check: async ({ me }) => {
      for (const path of [OLD, `${OLD}/1`]) {
        const { headers } = await me.ask(undefined, "GET", path);
        matches(headers.get("deprecation"), /./, "Deprecation");
        matches(headers.get("link"), /rel="deprecation"/, "Link");
      }
      same(
        (await me.ask(200, "GET", "/tasks?limit=1")).headers.get("deprecation"),
        null,
        "Deprecation of v1",
      );
    },
  },
  {
    id: "LEGACY-03",
    rule: "It ignores members and parameters that it does not know",
    check: async ({ me, mark }) => {
      const body = { title: `${mark} old`, colour: "red", user_id: "someone" };
      same((await me.ask(201, "POST", OLD, { body })).body.data.user_id, me.userId, "user_id");
      await me.ask(200, "GET", `${OLD}?colour=red`);
    },
  },
  {
    id: "LEGACY-04",
    rule: "400 a bad priority or sort_by, with a detail to read",
    check: async ({ me, mark }) => {
      const body = { title: `${mark} old`, priority: "high" };
      const answers = [
        await me.ask(400, "POST", OLD, { body }),
        await me.ask(400, "GET", `${OLD}?sort_by=colour`),
      ];
      for (const answer of answers) same(typeof answer.body.detail, "string", "The kind of detail");
    },
  },
  {
    id: "LEGACY-05",
    rule: "A time without a zone is UTC",
    check: async ({ me, mark }) => {
      const body = { title: `${mark} old`, due_datetime: "2026-03-01T10:00:00" };
      const { data } = (await me.ask(201, "POST", OLD, { body })).body;
      same(data.due_datetime, "2026-03-01T10:00:00.000Z", "due_datetime");
    },
  },
  {
    id: "LEGACY-06",
    rule: "PUT keeps what is absent, and Location names the path of v1",
    check: async ({ me, mark }) => {
      const { body, headers } = await me.ask(201, "POST", OLD, {
        body: { title: `${mark} old`, description: "keep" },
      });
      const { id } = body.data;
      same(headers.get("location"), `/api/v1/tasks/${id}`, "Location");
      const { data } = (await me.ask(200, "PUT", `${OLD}/${id}`, { body: { title: `${mark} renamed` } }))
        .body;
      same(data.description, "keep", "The description");
    },
  },
];

export const health: Rule[] = (
  [
    ["HEALTH-01", "/health", "healthy"],
    ["HEALTH-02", "/health/db", "database connected"],
    ["HEALTH-03", "/health/auth", "authentication system operational"],
    ["HEALTH-04", "/health/ready", "ready"],
  ] as const
).map(([id, path, status]) => ({
  id,
  rule: `${path} answers {"status":"${status}"}, and asks for no token`,
  check: async ({ anyone }) => same((await anyone(200, "GET", path)).body, { status }, "The body"),
}));
