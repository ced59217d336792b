import { z } from "zod";
import { Task } from "@/lib/tasks/schemas";
import { Version } from "@/lib/wire";

const ID = "01932f6e-8000-7000-8000-000000000001";

/** Kept as it came: it is read when its turn comes, and only its own operation fails by it. */
export class Unread {
  readonly members: Record<string, unknown>;

  constructor(members: Record<string, unknown>) {
    this.members = members;
  }
}

const Operation = z
  .strictObject({
    op: z.enum(["create", "update", "complete", "delete", "restore"]),
    id: z
      .uuid()
      .optional()
      .meta({ description: "Of the task; of a new one it may stand here or in the body" }),
    body: z
      .record(z.string(), z.unknown())
      .transform((members) => new Unread(members))
      .optional()
      .meta({ description: "What the single endpoint takes: for create, update and complete" }),
    if_match: Version.optional(),
  })
  .meta({ id: "BatchOperation" });

export const Batch = z
  .strictObject({
    atomic: z.boolean().default(false).meta({ description: "All or nothing" }),
    operations: z.array(Operation).min(1).max(100),
  })
  .meta({
    id: "Batch",
    example: { atomic: true, operations: [{ op: "create", id: ID, body: { title: "Call the plumber" } }] },
  });

export const BatchResults = z
  .object({
    results: z.array(
      z.object({
        status: z.int(),
        data: Task.optional(),
        problem: z.record(z.string(), z.unknown()).optional().meta({ description: "A problem document" }),
      }),
    ),
  })
  .meta({ id: "BatchResults" });
