import { z } from "zod";
import { Account, Profile, SecurityEvent, Session } from "@/lib/auth/schemas";
import { CHANGE_OPS } from "@/lib/db/schema/columns";
import { Task } from "@/lib/tasks/schemas";
import { Timestamp } from "@/lib/wire";

const LoggedChange = z
  .object({
    seq: z.int(),
    group_id: z.uuid().meta({ description: "`X-Change-Id`" }),
    entity: z.string(),
    entity_id: z.uuid(),
    op: z.enum(CHANGE_OPS),
    version: z.int(),
    at: Timestamp,
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "LoggedChange" });

/** In the order in which it is sent. */
export const Export = z
  .object({
    exported_at: Timestamp,
    user: Profile.omit({ has_password: true }),
    accounts: z.array(Account),
    sessions: z.array(Session.omit({ is_current: true })),
    tasks: z.array(Task),
    trash: z.array(Task),
    changes: z.array(LoggedChange),
    events: z.array(SecurityEvent),
  })
  .meta({ id: "Export" });
