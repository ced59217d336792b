import { expect, test, vi } from "vitest";

vi.stubEnv("METRICS_TOKEN", "mZ8vQ2kLw7RtYxBnC4pHsD9fGjE1aU6oTi3VbNqXeKM");

const { readings } = await import("./readings");
const { recordRequest } = await import("./requests");
const { metricsText } = await import("./text");

const answer = (method: string, status: number, ms: number) =>
  recordRequest?.({ request_id: "r", method, route: "/notes/{id}", status, duration_ms: ms });

test("requests are counted in every bucket that they fit into, and their time is added up", async () => {
  readings();
  for (const ms of [0, 1, 1.1, 200, 200.1, 30_000, 60_000]) answer("GET", 200, ms);
  for (const method of ["MKCOL", "TRACE"]) answer(method, 405, 4);
  answer("GET", 404, 4);
  const text = await metricsText();
  const read = (part: string, labels: string) =>
    text.match(new RegExp(`_seconds_${part}\\{${labels}\\} (.*)`))?.[1];
  const labels = 'method="GET",route="/notes/\\{id\\}",status="200"';
  const buckets = ["0.001", "0.0025", "0.1", "0.2", "0.5", "30", "\\+Inf"];
  expect(buckets.map((le) => read("bucket", `le="${le}",${labels}`))).toEqual([
    "2",
    "3",
    "3",
    "4",
    "5",
    "6",
    "7",
  ]);
  expect([read("count", labels), read("sum", labels)]).toEqual(["7", "90.4022"]);
  expect(read("count", labels.replace("200", "404"))).toBe("1");
  expect(read("count", labels.replace("200", "405").replace("GET", "other"))).toBe("2");
});
