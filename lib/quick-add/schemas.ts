import { z } from "zod";
import { Priority, Task } from "@/lib/tasks/schemas";
import { Timestamp } from "@/lib/wire";
import { isTimeZone } from "./zone";

const QuickAddToken = z
  .object({
    kind: z.enum(["quadrant", "due"]),
    start: z.int().meta({ description: "Offset in `text` as it was sent, in UTF-16 code units" }),
    end: z.int().meta({ description: "Exclusive" }),
    text: z.string(),
    label: z.string().meta({ description: "What it was understood as, in words" }),
    is_past: z.boolean().meta({ description: "A moment that was said outright and is over" }),
  })
  .meta({ id: "QuickAddToken" });

const text = "Plan the offsite friday 3pm !2";

export const QuickAdd = z
  .strictObject({
    text: z
      .string()
      .refine(
        (line) => line.trim() !== "" && [...line].length <= 255,
        "must have 1 to 255 characters, one of them no space",
      )
      .meta({ minLength: 1, maxLength: 255, description: "A line as one would type it", example: text }),
    id: z.uuid().optional().meta({ description: "Of the task, as when one is created" }),
    time_zone: z
      .string()
      .max(64)
      .refine(isTimeZone, "must be a time zone like Europe/Berlin")
      .optional()
      .meta({
        description: "Absent: that of the account's preferences, or else UTC",
        example: "Europe/Berlin",
      }),
    locale: z
      .string()
      .max(35)
      .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, "must be a language tag like en-GB")
      .default("en-GB")
      .meta({
        description:
          "15/4 is 15 April in all but en-US; in other languages than English only markers and ISO dates are understood",
      }),
    dry_run: z.boolean().default(false).meta({ description: "Only understand the line, and make no task" }),
  })
  .meta({ id: "QuickAdd", example: { text, time_zone: "Europe/Berlin" } });

export const QuickAdded = z
  .object({
    parse: z.object({
      title: z.string(),
      priority: Priority.nullable().meta({ description: "null: not sorted" }),
      is_sorted: z.boolean(),
      due_datetime: Timestamp.nullable(),
      due_all_day: z.boolean(),
      tokens: z.array(QuickAddToken).meta({ description: "What was taken out of the text, in order" }),
      suggestions: z
        .array(QuickAddToken)
        .meta({ description: "What may have been meant as a due date, and was left in the title" }),
    }),
    task: Task.nullable().meta({ description: "null after a dry run" }),
  })
  .meta({ id: "QuickAdded" });
