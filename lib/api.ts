import { authenticate } from "@/lib/auth/authenticate";
import type { Ctx, PublicCtx } from "@/lib/context";
import { database } from "@/lib/db/client";
import { isUnavailable } from "@/lib/db/failures";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { createApi } from "@/lib/http/api";
import { describeError, log } from "@/lib/log";

/** What route handlers import: the pipeline with this application's sign-in, database and log. */
export const { route, endpoint, notFound } = createApi({
  authenticate,
  userContext: (actor, write): Ctx => ({ actor, db: database().db, write }),
  publicContext: (write): PublicCtx => ({ db: database().db, write }),
  translate: (error) =>
    isUnavailable(error) ? new AppError("unavailable", "The database cannot answer.") : undefined,
  log: (line, failure) => {
    if (line.status >= 500) log.error({ ...line, ...describeError(failure) });
    else log.info(line);
  },
  allowedOrigins: env.ALLOWED_ORIGINS,
});
