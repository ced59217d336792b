import { authenticate } from "@/lib/auth/authenticate";
import { addressOf, clientOf } from "@/lib/client-address";
import type { Ctx, PublicCtx } from "@/lib/context";
import { database } from "@/lib/db/client";
import { isUnavailable } from "@/lib/db/failures";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { createApi } from "@/lib/http/api";
import { createCounts, createRateLimit } from "@/lib/http/rate-limit";
import { describeError, log } from "@/lib/log";
import { recordRequest } from "@/lib/metrics/requests";
import { processWide } from "@/lib/process-wide";
import { tracing } from "@/lib/tracing/spans";

/** What route handlers import: the pipeline with this application's sign-in, database and log. */
export const { route, plain, endpoint, notFound, refusal } = createApi({
  authenticate,
  limit: createRateLimit({
    perMinute: env.RATE_LIMIT_PER_MINUTE,
    addressOf,
    counts: processWide("request-counts", createCounts),
  }),
  userContext: (actor, write, request): Ctx => ({
    actor,
    db: database().db,
    client: clientOf(request.headers),
    write,
  }),
  publicContext: (write, request): PublicCtx => ({
    db: database().db,
    client: clientOf(request.headers),
    write,
  }),
  translate: (error) =>
    isUnavailable(error) ? new AppError("unavailable", "The database cannot answer.") : undefined,
  log: (line, failure) => {
    recordRequest?.(line);
    tracing?.nameRequest(line);
    if (line.status >= 500) log.error({ ...line, ...describeError(failure) });
    else log.info(line);
  },
  around: tracing?.traceRequest,
  allowedOrigins: env.ALLOWED_ORIGINS,
});
