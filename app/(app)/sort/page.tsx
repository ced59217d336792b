import type { Metadata } from "next";
import { SortView } from "./sort-view";

export const metadata: Metadata = { title: "Sort" };

export default function SortPage() {
  return <SortView />;
}
