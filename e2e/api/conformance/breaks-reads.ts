import { setTimeout as sleep } from "node:timers/promises";
import { asking, ignoring, retelling } from "./breaking";
import type { Breaking } from "./broken-server";

/** Lists and sync. */
export const reads: Record<string, () => Breaking> = {
  "drops a change from sync": () => retelling(({ data }) => void data?.changes?.splice(1, 1)),
  "repeats a change": () =>
    retelling(({ data }) => {
      const [first] = data?.changes ?? [];
      if (first) data.changes.unshift(first);
    }),
  "brings changes out of order": () => retelling(({ data }) => void data?.changes?.reverse()),
  "forgets what was deleted": () =>
    retelling(({ data }) => {
      if (data?.changes) data.changes = data.changes.filter(({ op }) => op !== "delete");
    }),
  "ends sync after one page": () =>
    retelling(({ data }) => {
      if (data?.changes) data.has_more = false;
    }),
  "lets the token go back": () =>
    retelling(({ data }, { url }) => {
      if (data?.next_token) data.next_token = url.searchParams.get("token") ?? data.next_token;
    }),
  "does not wake who waits": () => async (asked, pass) => {
    if (Number(asked.url.searchParams.get("wait")) > 2) await sleep(4_000);
    return pass(asked);
  },
  "hands out changes of others": () => {
    let first: string | null = null;
    return asking(({ url, headers }) => {
      if (!/^\/api\/v1\/(sync|tasks|trash|batch|changes)/.test(url.pathname)) return undefined;
      first ??= headers.get("authorization");
      if (first && headers.has("authorization")) headers.set("authorization", first);
      return undefined;
    });
  },

  "swaps two tasks of a page": () => retelling(({ data }) => void data?.tasks?.reverse()),
  "loses one task of a page": () => retelling(({ data }) => void data?.tasks?.splice(1, 1)),
  "forgets the cursor": () => ignoring("cursor"),
  "counts one too many": () =>
    retelling(({ data }) => {
      if (data && "total_count" in data) data.total_count = (data.total_count ?? 0) + 1;
    }),
  "ignores filters": () => ignoring("priority", "completed", "is_completed", "sorted"),
  "ignores dates": () => ignoring("due_before", "due_after", "updated_since"),
  "ignores the order": () => ignoring("sort_by", "sort_order"),
  "finds whatever is asked for": () =>
    asking(({ url }) => {
      const word = url.searchParams.get("q")?.split(" ")[0];
      if (word) url.searchParams.set("q", word);
      return undefined;
    }),
};
