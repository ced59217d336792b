import { z } from "zod";
import { Task } from "@/lib/tasks/schemas";

export const ChangeParams = z
  .object({ id: z.uuid() })
  .meta({ description: "`X-Change-Id` of the response to the write" });

export const Undone = z
  .object({ tasks: z.array(Task).meta({ description: "As they are now, those in the trash too" }) })
  .meta({ id: "Undone" });
