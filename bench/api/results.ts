import { markdown } from "../table";
import type { Measured } from "./measure";
import { SERVERS } from "./world";

type Lines = { ofFloor?: number; ofNext?: number };

const LINES: Record<string, Lines> = {
  get_one: { ofFloor: 0.6, ofNext: 4 },
  list: { ofFloor: 0.6 },
  patch: { ofFloor: 0.6 },
};

export const ratesOf = (measured: Measured) =>
  Object.fromEntries(
    Object.entries(measured).map(([endpoint, rates]) => [
      endpoint,
      Object.fromEntries(SERVERS.map((name) => [name, Math.round(rates[name].perSecond)])),
    ]),
  );

const ratios = ({ floor, direct, next }: Measured[string]) => ({
  ofFloor: direct.perSecond / floor.perSecond,
  ofNext: direct.perSecond / next.perSecond,
});

export const isBelow = (measured: Measured) =>
  Object.entries(measured).some(([endpoint, rates]) => {
    const { ofFloor = 0, ofNext = 0 } = LINES[endpoint] ?? {};
    const reached = ratios(rates);
    return reached.ofFloor < ofFloor || reached.ofNext < ofNext;
  });

export function table(measured: Measured): string {
  const rows = Object.entries(measured).map(([endpoint, rates]) => {
    const { ofFloor, ofNext } = ratios(rates);
    const line = LINES[endpoint];
    const wanted = (value: number | undefined) => (value === undefined ? "" : ` (≥ ${value})`);
    return [
      endpoint,
      ...SERVERS.map((name) => String(Math.round(rates[name].perSecond))),
      `${ofFloor.toFixed(2)}${wanted(line?.ofFloor)}`,
      `${ofNext.toFixed(1)}${wanted(line?.ofNext)}`,
      SERVERS.map((name) => Math.round(rates[name].processorMicros)).join(" / "),
    ];
  });
  return markdown([
    [
      "endpoint",
      "floor /s",
      "direct /s",
      "next /s",
      "direct of floor",
      "direct of next",
      "processor, µs a request",
    ],
    ...rows,
  ]);
}
