import { startTracing } from "@/lib/tracing/start";

/** Next calls it before it serves anything. */
export const register = startTracing;
