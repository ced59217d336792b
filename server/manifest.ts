import type { RouteFunction } from "@/lib/http/answer";
import type { Policy } from "@/lib/http/policy";
import { routes } from "./routes.gen";

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

export type Method = (typeof METHODS)[number];

export type RouteModule = {
  /** `/api/v1/tasks/{id}`; a catch-all has `{...path}`. */
  pattern: string;
  methods: Readonly<Record<Method | "HEAD" | "OPTIONS", RouteFunction>>;
};

export type Operation = { pattern: string; method: Method; policy: Policy };

/** Every path with the routes that it has, in the order of the paths. */
export const manifest = routes
  .filter(({ pattern }) => !pattern.includes("{..."))
  .map(({ pattern, methods }) => ({
    pattern,
    methods,
    operations: METHODS.flatMap((method): Operation[] => {
      const target = methods[method];
      return hasPolicy(target) ? [{ pattern, method, policy: target.policy }] : [];
    }),
  }));

export const operations: readonly Operation[] = manifest.flatMap((path) => path.operations);

/** The aliases for clients of 2026-01: the same endpoints once more, and not for anybody new. */
export const isLegacy = ({ policy }: Operation) => policy.lenient !== undefined;

function hasPolicy(target: RouteFunction): target is RouteFunction & { policy: Policy } {
  return "policy" in target;
}
