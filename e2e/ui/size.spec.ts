import { verdictOf } from "@/bench/web/results";
import { measureSizes } from "@/bench/web/sizes";
import { cookieOf } from "../support/browser-session";
import { expect, test } from "./board-fixtures";

test("no page loads more than its fail line allows, and none is left out", async ({ server, board }) => {
  test.setTimeout(60_000);
  const { A } = await board.seed("A");
  const sizes = await measureSizes({
    url: server.url,
    cookie: cookieOf(board.person.token),
    taskId: A ?? "",
  });
  expect(sizes.filter((result) => verdictOf(result) === "FAIL")).toEqual([]);
  for (const { metric, where, value } of sizes.filter(({ metric }) => metric === "scripts"))
    expect(value, `${metric} of ${where}`).toBeGreaterThan(50);
  expect(sizes.map(({ where }) => where)).toEqual(
    expect.arrayContaining(["/", "/sign-in", "/matrix", "/task/[id]"]),
  );
});
