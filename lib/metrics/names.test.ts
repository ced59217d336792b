import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readings } from "./readings";

const OF_PROMETHEUS = ["up"];

const WORDS = /^(by|without|on|ignoring|and|or|unless|bool|offset|group_left|group_right)$/;

/** Every name of a metric that there is, with what a histogram makes of its own. */
async function metricNames(): Promise<Set<string>> {
  const metrics = await readings().getMetricsAsJSON();
  const parts = (name: string, type: string) =>
    type === "histogram" ? ["_bucket", "_sum", "_count"].map((part) => name + part) : [name];
  return new Set(metrics.flatMap(({ name, type }) => parts(name, String(type))));
}

/** What is left of an expression without its labels, times, groupings, numbers and functions. */
const namesIn = (expression: string): string[] =>
  (
    expression
      .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, " ")
      .replaceAll(/\b(by|without|on|ignoring)\s*\([^)]*\)/g, " ")
      .match(/\b[a-z_]\w*\b(?!\s*\()/g) ?? []
  ).filter((word) => !WORDS.test(word));

type Dashboard = { panels: { targets: { expr: string }[] }[] };

const dashboard = (): string[] => {
  const read: Dashboard = JSON.parse(readFileSync("docs/operations/grafana-dashboard.json", "utf8"));
  return read.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
};

const alerts = (): string[] => {
  const text = readFileSync("docs/operations/alerts.yaml", "utf8");
  return [...text.matchAll(/^ +expr: (?:\|\n((?: {10}.*\n)+)|(.+)$)/gm)].map(
    ([, block, line]) => block ?? line ?? "",
  );
};

test.each([
  ["the dashboard", dashboard, 20],
  ["the alerts", alerts, 11],
])("%s: every metric that is used is there", async (_, read, atLeast) => {
  const expressions = read();
  expect(expressions.length).toBeGreaterThanOrEqual(atLeast);
  const known = await metricNames();
  const used = expressions.map((expression) => ({ expression, names: namesIn(expression) }));
  expect(used.filter(({ names }) => names.length === 0)).toEqual([]);
  const strange = ({ names }: { names: string[] }) =>
    names.some((name) => !known.has(name) && !OF_PROMETHEUS.includes(name));
  expect(used.filter(strange)).toEqual([]);
});

test("every metric of ours is explained in the operator's page", async () => {
  const page = readFileSync("docs/operations/monitoring.md", "utf8");
  const own = (await readings().getMetricsAsJSON()).filter(({ name }) => name.startsWith("fourfold_"));
  expect(own.length).toBeGreaterThan(5);
  expect(own.filter(({ name }) => !page.includes(`\`${name}\``)).map(({ name }) => name)).toEqual([]);
});
