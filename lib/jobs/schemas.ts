import { z } from "zod";

export const Purged = z.object({
  purged: z.record(z.string(), z.int()),
  is_complete: z.boolean().meta({ description: "false: there was too much for one call; the next goes on" }),
});
