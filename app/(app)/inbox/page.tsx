import type { Metadata } from "next";
import { BoardView } from "../_board/board-view";
import { PageHead } from "../_lists/page-head";
import { SortLink } from "../_lists/sort-link";

export const metadata: Metadata = { title: "Unsorted" };

export default function InboxPage() {
  return (
    <>
      <PageHead title="Unsorted">
        <SortLink />
      </PageHead>
      <BoardView only="unsorted" />
    </>
  );
}
