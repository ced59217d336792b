import type { Metadata } from "next";
import { BoardView } from "../_board/board-view";

export const metadata: Metadata = { title: "Matrix" };

export default function MatrixPage() {
  return (
    <>
      <h1 className="visually-hidden">Matrix</h1>
      <BoardView />
    </>
  );
}
