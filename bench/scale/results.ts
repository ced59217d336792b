import { markdown } from "../table";
import type { Growth } from "./growth";
import type { Load } from "./load";
import type { Waiting } from "./waiting";

export type Measured = {
  tasks: number;
  fillSeconds: number;
  growth: Growth[];
  load: Load | undefined;
  waiting: Waiting | undefined;
};

/** What was measured, what it may be, and how it is told. */
type Row = { what: string; value: number; line: number; unit: string };

function rowsOf({ tasks, fillSeconds, growth, load, waiting }: Measured): Row[] {
  const rows: Row[] = [{ what: `loading ${tasks} tasks`, value: fillSeconds, line: 120, unit: " s" }];
  for (const { what, ratio, line } of growth) rows.push({ what, value: ratio, line, unit: " ×" });
  if (load) {
    const who = `${load.people} people, ${Math.round(load.requests / load.seconds)} requests a second`;
    rows.push(
      { what: `${who}: p50`, value: load.p50, line: 50, unit: " ms" },
      { what: `${who}: p95`, value: load.p95, line: 50, unit: " ms" },
      { what: `${who}: p99`, value: load.p99, line: 200, unit: " ms" },
      { what: `${who}: errors`, value: load.errors, line: 0, unit: "" },
      { what: `${who}: time that the host gave to others`, value: load.stolen * 100, line: 5, unit: " %" },
      {
        what: `${who}: memory of the server`,
        value: load.memoryAfterBytes / 2 ** 20,
        line: 1_536,
        unit: " MB",
      },
    );
  }
  if (waiting)
    rows.push(
      {
        what: `${waiting.clients} waiting clients: a change arrives, p95`,
        value: waiting.p95,
        line: 1_000,
        unit: " ms",
      },
      { what: "each of them: memory", value: waiting.bytesEach / 1024, line: 64, unit: " KB" },
      { what: "what did not arrive", value: waiting.errors, line: 0, unit: "" },
    );
  return rows;
}

export const isPast = (measured: Measured) => rowsOf(measured).some(({ value, line }) => value > line);

export const table = (measured: Measured): string =>
  markdown([
    ["what", "measured", "at most"],
    ...rowsOf(measured).map(({ what, value, line, unit }) => [
      `${what}${value > line ? " (over)" : ""}`,
      `${value < 10 ? value.toFixed(2) : Math.round(value)}${unit}`,
      `${line}${unit}`,
    ]),
  ]);
