import { markdown } from "../table";

export type Result = {
  metric: string;
  /** The page, or what was done on it. */
  where: string;
  value: number;
  unit: "KB" | "ms" | "MB" | "" | "points";
  budget: number;
  /** Past it the run fails; without it, past the budget is only told. */
  failLine?: number;
};

export type Limit = Pick<Result, "budget" | "failLine" | "unit">;

export type Verdict = "ok" | "over" | "FAIL";

/** Points are better the more there are; everything else, the less. */
export function verdictOf({ value, unit, budget, failLine }: Result): Verdict {
  const isPast = (line: number) => (unit === "points" ? value < line : value > line);
  if (failLine !== undefined && isPast(failLine)) return "FAIL";
  return isPast(budget) ? "over" : "ok";
}

const shown = (value: number, unit: string) =>
  `${Number.isInteger(value) || value >= 100 ? Math.round(value) : value.toFixed(value < 1 ? 3 : 1)}${unit && unit !== "points" ? ` ${unit}` : ""}`;

export function tableOf(results: readonly Result[]): string {
  const rows = results.map((result) => {
    const { metric, where, value, unit, budget, failLine } = result;
    const limit = failLine === undefined ? "–" : shown(failLine, unit);
    return [metric, where, shown(value, unit), shown(budget, unit), limit, verdictOf(result)];
  });
  return markdown([["metric", "where", "value", "budget", "fail line", "verdict"], ...rows]);
}
