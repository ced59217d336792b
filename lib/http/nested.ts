import type { z } from "zod";
import type { AppError } from "@/lib/errors";
import { acceptedVersions } from "@/lib/http/conditional";
import { type Problem, problemOf } from "@/lib/http/problem";
import { validate } from "@/lib/http/validate";
import { type Camel, toCamel } from "@/lib/keys";

/** A request inside a request: read, checked and refused as if it had come alone. */
export type Nested = {
  read<S extends z.ZodType>(schema: S, body: unknown): Camel<z.output<S>>;
  versions(ifMatch: number | undefined, body: unknown): readonly number[] | null;
  problem(error: AppError): Problem;
};

export const nested = (requestId: string): Nested => ({
  read: (schema, body) => toCamel(validate(schema, body)),
  versions: (ifMatch, body) => acceptedVersions(ifMatch === undefined ? null : [ifMatch], body),
  problem: (error) => problemOf(error, requestId),
});
