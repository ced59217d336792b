import cluster, { type Worker } from "node:cluster";

/** What the processes of one server tell each other, through the one that keeps them. */
export type Told =
  /** Where Next listens. */
  | { kind: "fourfold:pages"; port: number }
  /** Sessions that ended: nobody need wait until it is read from the database. */
  | { kind: "fourfold:revoked"; ids: readonly string[] };

export function tellOthers(told: Told): void {
  if (process.connected) process.send?.(told);
}

export function hear<K extends Told["kind"]>(
  kind: K,
  then: (told: Extract<Told, { kind: K }>) => void,
): void {
  process.on("message", (message: Told) => {
    if (message.kind === kind) then(message as Extract<Told, { kind: K }>);
  });
}

/** In the process that keeps the others: hands on what one says to all the others, and the last word to those that come later. */
export function relay(): void {
  let pages: Told | undefined;
  cluster.on("message", (sender, message: Told) => {
    if (message.kind === "fourfold:pages") pages = message;
    else if (message.kind !== "fourfold:revoked") return;
    for (const worker of Object.values(cluster.workers ?? {})) if (worker !== sender) tell(worker, message);
  });
  // Sooner, nobody in it would hear.
  cluster.on("listening", (worker) => pages && tell(worker, pages));
}

/** One that has just gone is told nothing, and that is no error. */
export const tell = (worker: Worker | undefined, message: object) => worker?.send(message, () => {});
