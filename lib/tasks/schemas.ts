import { z } from "zod";
import { PRIORITIES } from "@/lib/db/schema/columns";
import { Moment, queryBoolean, queryInteger, Timestamp, Version } from "@/lib/wire";
import { isPosition } from "./position";
import { SORTS } from "./sorts";

const codePoints = (text: string) => [...text].length;

const Title = z
  .string()
  .trim()
  .refine((text) => text.length > 0 && codePoints(text) <= 255, "must have 1 to 255 characters")
  .meta({
    minLength: 1,
    maxLength: 255,
    description: "1 to 255 characters; spaces around it are removed",
    example: "Call the plumber",
  });

const Description = z
  .string()
  .refine((text) => codePoints(text) <= 50_000, "must have at most 50,000 characters")
  .meta({ maxLength: 50_000, example: "The tap in the kitchen drips" });

const Position = z.string().refine(isPosition, "must be a fractional-index key").meta({
  description: "Order inside a quadrant: a fractional-index key, compared byte by byte",
  example: "a0V",
});

export const Priority = z
  .enum(PRIORITIES)
  .meta({ id: "Priority", description: "From most to least pressing" });

const ALL_DAY = { description: "Only the date counts: `due_datetime` is 00:00Z of it, in every zone" };

export const Task = z
  .object({
    id: z.uuid(),
    user_id: z.uuid(),
    title: z.string(),
    description: z.string().nullable(),
    due_datetime: Timestamp.nullable(),
    due_all_day: z.boolean().meta(ALL_DAY),
    priority: Priority,
    important: z.boolean().meta({ description: "Derived from `priority`" }),
    urgent: z.boolean().meta({ description: "Derived from `priority`" }),
    is_sorted: z.boolean().meta({ description: "Whether a person has chosen the priority yet" }),
    position: z.string().meta({ description: "Order inside a quadrant, compared byte by byte" }),
    is_completed: z.boolean(),
    completed_at: Timestamp.nullable(),
    created_at: Timestamp,
    updated_at: Timestamp,
    deleted_at: Timestamp.nullable().meta({ description: "When it went to the trash" }),
    version: Version.meta({ description: "Goes up by one with every write; the ETag" }),
  })
  .meta({
    id: "Task",
    example: {
      id: "01932f6e-8000-7000-8000-000000000001",
      user_id: "01932f6e-8000-7000-8000-00000000000a",
      title: "Call the plumber",
      description: null,
      due_datetime: "2026-03-01T00:00:00.000Z",
      due_all_day: true,
      priority: "urgent_important",
      important: true,
      urgent: true,
      is_sorted: true,
      position: "a0V",
      is_completed: false,
      completed_at: null,
      created_at: "2026-02-27T09:00:00.000Z",
      updated_at: "2026-02-28T17:30:00.000Z",
      deleted_at: null,
      version: 3,
    },
  });

const fields = {
  title: Title,
  description: Description.nullable(),
  due_datetime: Moment.nullable(),
  due_all_day: z.boolean().meta(ALL_DAY),
  priority: Priority,
  is_sorted: z.boolean().meta({
    description: "Absent: true when a priority is sent. false makes the priority not_urgent_not_important",
  }),
  position: Position,
  is_completed: z.boolean(),
};

const isConsistent = (task: { priority?: z.infer<typeof Priority>; is_sorted?: boolean }) =>
  task.is_sorted !== false || (task.priority ?? "not_urgent_not_important") === "not_urgent_not_important";

const INCONSISTENT = {
  path: ["priority"],
  error: "must be not_urgent_not_important while is_sorted is false",
};

const OwnId = z.uuid().meta({ description: "Your own, best a UUIDv7; absent: the server makes one" });

export const TaskCreate = z
  .strictObject({ id: OwnId.optional(), ...z.object(fields).partial().required({ title: true }).shape })
  .refine(isConsistent, INCONSISTENT)
  .meta({
    id: "TaskCreate",
    example: {
      title: "Call the plumber",
      priority: "urgent_important",
      due_datetime: "2026-03-01T09:00:00Z",
    },
  });

export const TaskUpdate = z
  .strictObject({ ...z.object(fields).partial().shape, version: Version.optional() })
  .refine(isConsistent, INCONSISTENT)
  .meta({
    id: "TaskUpdate",
    description: "A member that is absent keeps its value; null clears it",
    example: { title: "Call the plumber back", due_datetime: null },
  });

export const TaskComplete = z
  .strictObject({ completed: z.boolean(), version: Version.optional() })
  .meta({ id: "TaskComplete", example: { completed: true } });

export const TaskParams = z.object({ id: z.uuid() });

const filters = {
  priority: Priority.optional(),
  completed: queryBoolean().optional(),
  is_completed: queryBoolean().optional().meta({ description: "The same as `completed`" }),
  sorted: queryBoolean().optional().meta({ description: "`false`: what nobody has given a priority yet" }),
  due_before: Moment.optional().meta({ description: "Exclusive" }),
  due_after: Moment.optional().meta({ description: "Inclusive" }),
  updated_since: Moment.optional().meta({ description: "Inclusive" }),
  q: z.string().max(200).optional().meta({
    description:
      "Every word of two characters and more occurs in title or description, whatever its case and accents",
  }),
};

export const TaskListQuery = z
  .strictObject({
    ...filters,
    sort_by: z.enum(SORTS).default("created_at").meta({ description: "Ties are broken by the id" }),
    sort_order: z.enum(["asc", "desc"]).default("desc"),
    limit: queryInteger(1, 100).default(50),
    offset: queryInteger(0, 2_147_483_647).optional().meta({ description: "Not together with `cursor`" }),
    cursor: z.string().max(3_000).optional().meta({ description: "`next_cursor` of the page before" }),
    count: queryBoolean()
      .default(true)
      .meta({ description: "`false` leaves `total_count` null, which is faster" }),
  })
  .refine(({ completed, is_completed }) => (completed ?? is_completed) === (is_completed ?? completed), {
    path: ["is_completed"],
    error: "differs from completed",
  })
  .refine(({ cursor, offset }) => cursor === undefined || offset === undefined, {
    path: ["offset"],
    error: "cannot be combined with cursor",
  });

export const TaskPage = z
  .object({
    tasks: z.array(Task),
    total_count: z.int().nullable().meta({ description: "null with `count=false` and with a cursor" }),
    limit: z.int(),
    offset: z.int(),
    next_cursor: z.string().nullable().meta({ description: "null: this is the last page" }),
  })
  .meta({ id: "TaskPage" });
