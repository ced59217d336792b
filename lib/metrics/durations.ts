import { Histogram, type Registry } from "prom-client";
import { BOUNDS_MS, requestTallies, type Tally } from "./requests";

const NAME = "fourfold_http_request_duration_seconds";

const HELP = "Requests to the API and how long they took, by route, method and status";

const BOUNDS = BOUNDS_MS.map((ms) => ms / 1000);

/** Prints the tallies as a histogram; they are kept elsewhere, as counting has to be quick. */
export class RequestDurations extends Histogram {
  constructor(register: Registry) {
    super({ name: NAME, help: HELP, buckets: BOUNDS, registers: [register] });
  }

  /** What both forms of the exposition are made from. */
  async getForPromString() {
    const values = requestTallies().flatMap(valuesOf);
    return { name: NAME, help: HELP, type: "histogram", aggregator: "sum", values };
  }
}

function valuesOf({ method, route, status, counts, sumMs }: Tally) {
  const sharedLabels = { method, route, status };
  let below = 0;
  const buckets = counts.map((count, at) => {
    below += count;
    return { metricName: `${NAME}_bucket`, labels: { le: BOUNDS[at] ?? "+Inf" }, sharedLabels, value: below };
  });
  return [
    ...buckets,
    { metricName: `${NAME}_sum`, labels: {}, sharedLabels, value: sumMs / 1000 },
    { metricName: `${NAME}_count`, labels: {}, sharedLabels, value: below },
  ];
}
