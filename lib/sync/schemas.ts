import { z } from "zod";
import { Task } from "@/lib/tasks/schemas";
import { queryInteger, Timestamp } from "@/lib/wire";

export const SyncQuery = z.strictObject({
  token: z
    .string()
    .max(500)
    .optional()
    .meta({ description: "`next_token` of the answer before; none: everything" }),
  limit: queryInteger(1, 500).default(100),
  wait: queryInteger(0, 25)
    .default(0)
    .meta({ description: "Seconds that the answer may be held back while there is nothing new" }),
});

const Change = z
  .object({
    seq: z.int().nullable().meta({ description: "Goes up by one with every change; null in a full sync" }),
    entity: z.enum(["task"]),
    entity_id: z.uuid(),
    op: z.enum(["upsert", "delete"]),
    version: z.int(),
    at: Timestamp,
    object: Task.nullable().meta({
      description: "As it is now; null when it is gone by now, to the trash or for good",
    }),
  })
  .meta({ id: "Change" });

export const SyncPage = z
  .object({
    changes: z.array(Change),
    next_token: z.string(),
    has_more: z.boolean().meta({ description: "Ask again at once, with `next_token`" }),
    full: z
      .boolean()
      .meta({ description: "Part of a full sync: what it does not bring up to its end is gone" }),
  })
  .meta({ id: "SyncPage" });
