import { manners } from "./breaks-manners";
import { reads } from "./breaks-reads";
import { writes } from "./breaks-writes";
import type { Breaking } from "./broken-server";

/** What may be wrong with a server. Each is made anew for every one, as some of them remember. */
export const breakages: Record<string, () => Breaking> = { ...writes, ...reads, ...manners };
