import type { Metadata } from "next";
import { ReadFirst } from "../_lists/read-first";
import { readTrash } from "../_lists/read-page";
import { TrashView } from "./trash-view";

export const metadata: Metadata = { title: "Trash" };

export default function TrashPage() {
  return (
    <ReadFirst title="Trash">
      <Trash />
    </ReadFirst>
  );
}

async function Trash() {
  return <TrashView first={await readTrash(50)} />;
}
