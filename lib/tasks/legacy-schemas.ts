import { z } from "zod";
import { Moment } from "@/lib/wire";
import { TaskCreate, TaskListQuery, TaskUpdate } from "./schemas";

const WITHOUT_ZONE = /^\d{4}-\d\d-\d\dT[\d:.]+$/;

/** Clients of 2026-01 send a time without a zone and mean UTC. */
const LegacyMoment = z
  .string()
  .transform((text) => (WITHOUT_ZONE.test(text) ? `${text}Z` : text))
  .pipe(Moment);

export const LegacyTaskCreate = TaskCreate.safeExtend({ due_datetime: LegacyMoment.nullable().optional() });

export const LegacyTaskUpdate = TaskUpdate.safeExtend({ due_datetime: LegacyMoment.nullable().optional() });

export const LegacyTaskListQuery = TaskListQuery.safeExtend({
  due_before: LegacyMoment.optional(),
  due_after: LegacyMoment.optional(),
  updated_since: LegacyMoment.optional(),
});
