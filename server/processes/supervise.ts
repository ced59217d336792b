import { log } from "@/lib/log";
import { createKeeper, ROLES } from "./keeper";
import { answerMetrics } from "./metrics";
import { relay } from "./told";

/**
 * Keeps one process for the pages, and so many for the API, which share the port. SIGHUP replaces one after the other, each
 * once its successor serves; SIGTERM ends them all, the pages last.
 */
export function supervise(count: number, program: string): void {
  answerMetrics();
  relay();
  const { kept, begin, beginSuccessor, leave } = createKeeper(program);
  let isEnding = false;
  let reloading = Promise.resolve();

  const reload = async () => {
    for (const [worker, role] of [...kept]) {
      const { successor, isServing } = beginSuccessor(role);
      if (!(await isServing)) return log.error("The new process does not serve: the old ones stay.");
      kept.set(successor, role);
      await leave(worker, "replaced");
    }
  };

  const end = async () => {
    if (isEnding) return;
    isEnding = true;
    for (const role of ROLES)
      await Promise.all([...kept].filter(([, its]) => its === role).map(([worker]) => leave(worker, "left")));
    process.exit(0);
  };

  process.on("SIGHUP", () => {
    reloading = reloading.then(reload);
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
  begin("pages");
  for (let number = 0; number < count; number += 1) begin("api");
}
