import type { Metadata } from "next";
import { readTrash } from "../_lists/read-page";
import { TrashView } from "./trash-view";

export const metadata: Metadata = { title: "Trash" };

export default async function TrashPage() {
  return <TrashView first={await readTrash(50)} />;
}
