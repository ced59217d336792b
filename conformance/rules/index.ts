import type { Rule } from "../rule";
import { accounts } from "./accounts";
import { batch } from "./batch";
import { bodies } from "./bodies";
import { envelope } from "./envelope";
import { wholes } from "./export";
import { idempotency } from "./idempotency";
import { leaving } from "./leaving";
import { listOrders } from "./list-orders";
import { lists } from "./lists";
import { matching } from "./matching";
import { health, olderPaths } from "./older-paths";
import { quickAdd } from "./quick-add";
import { sessions } from "./sessions";
import { sync } from "./sync";
import { syncWaiting } from "./sync-waiting";
import { taskWrites } from "./task-writes";
import { tasks } from "./tasks";
import { trash } from "./trash";
import { undo } from "./undo";

/** In the order of docs/contract.md. */
export const rules: readonly Rule[] = [
  ...[...envelope, ...bodies, ...tasks, ...taskWrites, ...lists, ...listOrders],
  ...[...quickAdd, ...trash, ...batch],
  ...[...idempotency, ...matching, ...sync, ...syncWaiting, ...undo],
  ...[...accounts, ...sessions, ...leaving],
  ...[...wholes, ...health, ...olderPaths],
];
