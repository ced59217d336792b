import type { Metadata } from "next";
import { isHit, wordsIn } from "@/lib/board/search";
import type { Task, TaskPage } from "@/lib/client/client";
import { ReadFirst } from "../_lists/read-first";
import { readTasks, readTrash } from "../_lists/read-page";
import { canAsk, searchQuery } from "./search-query";
import { SearchView } from "./search-view";

export const metadata: Metadata = { title: "Search" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export type First = { query: string; page: TaskPage | null; trash: Task[] };

export default function SearchPage(props: Props) {
  return (
    <ReadFirst title="Search">
      <Search {...props} />
    </ReadFirst>
  );
}

async function Search({ searchParams }: Props) {
  const { q, trash } = await searchParams;
  const query = typeof q === "string" ? q.replaceAll("\0", "").trim() : "";
  const [page, trashed] = await Promise.all([
    canAsk(query) ? readTasks(searchQuery(query)) : null,
    trash && query ? readTrash(100) : null,
  ]);
  const words = wordsIn(query);
  const first: First = { query, page, trash: trashed?.tasks.filter((task) => isHit(task, words)) ?? [] };
  return <SearchView first={first} />;
}
