import type { IncomingMessage, ServerResponse } from "node:http";
import * as metrics from "@/app/metrics/route";
import { notFound, refusal } from "@/lib/api";
import { allowedBy } from "@/lib/http/endpoint";
import { describeError, log } from "@/lib/log";
import { manifest } from "../manifest";
import { createPaths } from "./paths";
import { DirectRequest } from "./request";
import { send } from "./send";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** The metrics are the operator's, and no part of the API that is described. */
const paths = [
  ...manifest.map(({ operations, ...path }) => ({ ...path, allow: operations.map(({ method }) => method) })),
  { pattern: "/metrics", methods: metrics, allow: ["GET"] },
];

const find = createPaths(
  paths.map(({ pattern, methods, allow }) => {
    const answers = new Map(METHODS.map((method) => [method as string, methods[bodied(method)].answer]));
    return [pattern, { answers, refuse: refusal(allowedBy(allow)) }] as const;
  }),
);

/** HEAD is told everything that GET would be, the length of what it would be sent compressed too. */
function bodied(method: (typeof METHODS)[number]) {
  return method === "HEAD" ? "GET" : method;
}

const OURS = /^\/(?:api\/v1|api\/tasks|health|metrics)(?:\/|$)/;

/** Nothing else stands under these: what is not found is not Next's to find either. */
const OURS_ALONE = /^\/api\//;

/** Next redirects them to the path without. */
const HAS_EMPTY_SEGMENT = /\/(?:\/|$)/;

/**
 * Hands a request to the handler of its path, without the way through Next's routing, a Request and a Response. False for
 * what is not the API's.
 */
export function dispatch(message: IncomingMessage, response: ServerResponse): boolean {
  const { url = "/", method = "GET" } = message;
  const end = url.indexOf("?");
  const path = end < 0 ? url : url.slice(0, end);
  if (!OURS.test(path) || HAS_EMPTY_SEGMENT.test(path)) return false;
  const { target, params = {} } = find(path) ?? {};
  if (!target && !OURS_ALONE.test(path)) return false;
  const answering = target ? (target.answers.get(method) ?? target.refuse) : notFound.GET.answer;
  answering(new DirectRequest(message, response), params)
    .then((answer) => send(message, response, answer))
    .catch((error: unknown) => {
      if (!isClientGone(error)) log.error(describeError(error), "An answer broke off.");
      // All that can still be said is that it is not whole.
      response.destroy();
    });
  return true;
}

const isClientGone = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE";
