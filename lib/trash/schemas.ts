import { z } from "zod";
import { Task } from "@/lib/tasks/schemas";
import { queryInteger } from "@/lib/wire";

export const TrashQuery = z.strictObject({
  limit: queryInteger(1, 100).default(50),
  cursor: z.string().max(500).optional().meta({ description: "`next_cursor` of the page before" }),
});

export const TrashPage = z
  .object({
    tasks: z.array(Task),
    next_cursor: z.string().nullable().meta({ description: "null: this is the last page" }),
  })
  .meta({ id: "TrashPage" });
