import { z } from "zod";
import { Timestamp } from "@/lib/wire";

export const SignedInUser = z
  .object({ user: z.object({ id: z.uuid() }), expires: Timestamp })
  .nullable()
  .meta({ id: "SignedInUser" });

export const AccessToken = z
  .object({ access_token: z.string(), expires_in: z.int(), token_type: z.literal("Bearer") })
  .meta({ id: "AccessToken" });
