import { z } from "zod";
import type { Camel } from "@/lib/keys";

const isTimeZone = (name: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
};

const quadrantName = () => z.string().trim().min(1).max(30);

const kinds = {
  time_zone: z
    .string()
    .max(64)
    .refine(isTimeZone, "must be a time zone like Europe/Berlin")
    .meta({ example: "Europe/Berlin" }),
  week_start: z.enum(["monday", "saturday", "sunday"]),
  date_format: z.enum(["locale", "iso"]),
  theme: z.enum(["system", "light", "dark"]),
  density: z.enum(["comfortable", "compact"]),
  shortcuts: z.boolean().meta({ description: "Whether single keys do things" }),
  tips: z.boolean().meta({ description: "Whether hints for beginners are shown" }),
  quadrant_names: z.strictObject({
    do: quadrantName().optional(),
    schedule: quadrantName().optional(),
    delegate: quadrantName().optional(),
    drop: quadrantName().optional(),
  }),
};

/** Each with what holds until the person says otherwise. */
export const Preferences = z
  .object({
    time_zone: kinds.time_zone.nullable().default(null),
    week_start: kinds.week_start.default("monday"),
    date_format: kinds.date_format.default("locale"),
    theme: kinds.theme.default("system"),
    density: kinds.density.default("comfortable"),
    shortcuts: kinds.shortcuts.default(true),
    tips: kinds.tips.default(true),
    quadrant_names: z
      .object({
        do: z.string().default("Do"),
        schedule: z.string().default("Schedule"),
        delegate: z.string().default("Delegate"),
        drop: z.string().default("Drop"),
      })
      .prefault({}),
  })
  .meta({ id: "Preferences" });

/** As they are kept: those that the person has chosen. */
export type ChosenPreferences = Partial<Camel<z.output<typeof Preferences>>>;

/** Those that are named; null takes one back to its default. */
export const PreferencesChange = z
  .strictObject({
    time_zone: kinds.time_zone.nullable().optional(),
    week_start: kinds.week_start.nullable().optional(),
    date_format: kinds.date_format.nullable().optional(),
    theme: kinds.theme.nullable().optional(),
    density: kinds.density.nullable().optional(),
    shortcuts: kinds.shortcuts.nullable().optional(),
    tips: kinds.tips.nullable().optional(),
    quadrant_names: kinds.quadrant_names.nullable().optional(),
  })
  .meta({ id: "PreferencesChange" });

export type PreferencesChange = Camel<z.output<typeof PreferencesChange>>;
