import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "../fixtures";

test("the README's session works as it is pasted", async ({ server }) => {
  test.setTimeout(60_000);
  const session =
    /## A first session[\s\S]*?```sh\n([\s\S]*?)```/.exec(readFileSync("README.md", "utf8"))?.[1] ?? "";
  const script = session.replaceAll("http://localhost:3000", server.url);
  const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script], {
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
  expect(stdout).toMatch(new RegExp(answers.join("[\\s\\S]*"), "i"));
});
