import cluster, { type Worker } from "node:cluster";
import { AggregatorRegistry, type PrometheusContentType, type Registry } from "prom-client";
import { registry } from "@/lib/metrics/registry";
import { setMetricsSource } from "@/lib/metrics/text";
import { tell } from "./told";

type Metrics = Awaited<ReturnType<Registry["getMetricsAsJSON"]>>;

/** What goes between a worker and the primary; `id` is the asker's own. */
type Message =
  | { kind: "fourfold:metrics-wanted"; id: number }
  | { kind: "fourfold:metrics-of-all"; id: number; text: string }
  | { kind: "fourfold:metrics-report"; id: number }
  | { kind: "fourfold:metrics-reported"; id: number; metrics: Metrics };

const ANSWER_MS = 2_000;

/** Less than the worker waits that asked: one that is slow is shown as it was when it last reported. */
const REPORT_MS = 1_000;

/** In a worker: whoever asks it for metrics gets those of all. */
export function shareMetrics(): void {
  const asking = new Map<number, (text: string) => void>();
  let asked = 0;
  process.on("message", (message: Message) => {
    if (message.kind === "fourfold:metrics-of-all") asking.get(message.id)?.(message.text);
    if (message.kind === "fourfold:metrics-report") void report(message.id);
  });
  setMetricsSource(() => {
    asked += 1;
    const id = asked;
    const answered = new Promise<string>((resolve) => asking.set(id, resolve));
    process.send?.({ kind: "fourfold:metrics-wanted", id } satisfies Message);
    return within(ANSWER_MS, answered).finally(() => asking.delete(id));
  });
}

async function report(id: number): Promise<void> {
  const metrics = await registry().getMetricsAsJSON();
  if (process.connected) process.send?.({ kind: "fourfold:metrics-reported", id, metrics } satisfies Message);
}

/** In the primary: adds up what the workers report, whenever one of them is asked. */
export function answerMetrics(): void {
  const reports = createReports();
  cluster.on("exit", ({ id }) => reports.retire(id));
  cluster.on("message", (worker, message: Message) => {
    if (message.kind === "fourfold:metrics-reported") reports.add(worker.id, message.id, message.metrics);
    if (message.kind === "fourfold:metrics-wanted") void answer(worker, message.id);
  });

  async function answer(asker: Worker, id: number): Promise<void> {
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected());
    const round = reports.begin(workers.map((worker) => worker?.id ?? 0));
    for (const worker of workers) tell(worker, { kind: "fourfold:metrics-report", id: round.id });
    await within(REPORT_MS, round.done).catch(() => {});
    reports.end(round.id);
    tell(asker, { kind: "fourfold:metrics-of-all", id, text: await reports.text() });
  }
}

function createReports() {
  const latest = new Map<number, Metrics>();
  const rounds = new Map<number, { missing: Set<number>; end: () => void }>();
  let begun = 0;
  /** What workers counted that are gone: a sum that fell would look as if all had begun anew. */
  let retired: Metrics = [];

  function settle(id: number, worker: number): void {
    const { missing, end } = rounds.get(id) ?? {};
    missing?.delete(worker);
    if (missing?.size === 0) end?.();
  }

  return {
    begin(workers: number[]) {
      begun += 1;
      const id = begun;
      const done = new Promise<void>((end) => rounds.set(id, { missing: new Set(workers), end }));
      return { id, done };
    },
    end: (id: number) => rounds.delete(id),
    add(worker: number, round: number, metrics: Metrics) {
      latest.set(worker, metrics);
      settle(round, worker);
    },
    retire(worker: number) {
      const counted = (latest.get(worker) ?? []).filter(isCounted);
      latest.delete(worker);
      // What has been added up lies in the metrics themselves, whatever their type says.
      retired = sum([retired, counted]).getMetricsAsArray() as Metrics;
      for (const id of rounds.keys()) settle(id, worker);
    },
    text: () => sum([retired, ...latest.values()]).metrics(),
  };
}

const sum = (parts: Metrics[]) => AggregatorRegistry.aggregate<PrometheusContentType>(parts);

const isCounted = ({ type }: Metrics[number]) => ["counter", "histogram"].includes(String(type));

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("The metrics took too long.")), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
