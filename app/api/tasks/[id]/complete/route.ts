import * as v1 from "@/app/api/v1/tasks/[id]/complete/route";
import { endpoint, route } from "@/lib/api";
import { legacy } from "../../legacy";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  PATCH: route({ ...v1.PATCH.policy, ...legacy }, v1.PATCH.handler),
});
