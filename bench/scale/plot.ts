import { percentile } from "../table";

type Series = { name: string; color: string; times: readonly number[] };

const WIDTH = 720;
const HEIGHT = 360;
const LEFT = 70;
const BOTTOM = 50;
const TOP = 40;
const RIGHT = 20;

/** Shares of all requests, each a tenth of what the one before leaves out. */
const SHARES = [0, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999];
const MILLISECONDS = [1, 3, 10, 30, 100, 300, 1000];

const x = (share: number) => {
  const reach = Math.log10(1 / (1 - 0.999));
  return LEFT + (Math.log10(1 / (1 - Math.min(share, 0.999))) / reach) * (WIDTH - LEFT - RIGHT);
};

const y = (ms: number) => {
  const [low = 1, high = 1000] = [MILLISECONDS[0], MILLISECONDS.at(-1)];
  const part = Math.log(Math.min(Math.max(ms, low), high) / low) / Math.log(high / low);
  return HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP);
};

/** How long how many requests took: an SVG that reads on a light and on a dark page. */
export function plot(title: string, series: readonly Series[]): string {
  const text = (at: string, content: string) => `<text ${at} font-size="12" fill="#777">${content}</text>`;
  const across = MILLISECONDS.map(
    (ms) =>
      `<path d="M${LEFT} ${y(ms)}H${WIDTH - RIGHT}" stroke="#7773"/>${text(`x="${LEFT - 8}" y="${y(ms) + 4}" text-anchor="end"`, `${ms} ms`)}`,
  );
  const down = SHARES.map((share) =>
    text(`x="${x(share)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle"`, `${share * 100} %`),
  );
  const curves = series.map(({ name, color, times }, at) => {
    const steps = Array.from({ length: 100 }, (_, step) => 1 - 10 ** (-3 * (step / 99)));
    const points = steps.map((share) => `${x(share).toFixed(1)},${y(percentile(times, share)).toFixed(1)}`);
    return `<polyline points="${points.join(" ")}" fill="none" stroke="${color}" stroke-width="2"/><text x="${LEFT + 10}" y="${TOP + 18 * (at + 1)}" font-size="13" fill="${color}">${name}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" role="img" aria-label="${title}">
${[`<text x="${LEFT}" y="22" font-size="15" fill="#777">${title}</text>`, ...across, ...down, ...curves].join("\n")}
</svg>
`;
}
