import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "../fixtures";

test("the README's session works as it is pasted", async ({ server }) => {
  test.setTimeout(60_000);
  const session =
    /## A first session[^]*?```sh\n([^]*?)```/.exec(readFileSync("README.md", "utf8"))?.[1] ?? "";
  const script = session.replaceAll("http://localhost:3000", server.url);
  const output = execFileSync("bash", ["-euo", "pipefail", "-c", script], {
    encoding: "utf8",
    env: { ...process.env, DATABASE_URL: server.databaseUrl, NODE_ENV: "production" },
  });
  const answers = [
    '"title":"Call the plumber"',
    "idempotent-replayed: true",
    '"priority":"urgent_important"',
    '"code":"precondition_failed"',
    '"is_completed":true',
    "204",
  ];
  expect(output).toMatch(new RegExp(answers.join("[^]*"), "i"));
});
