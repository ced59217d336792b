"use client";

import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { useBoardState } from "../_shell/app-context";

/** Says how many there are to sort; where there is none, nothing. */
export function SortLink() {
  const count = useBoardState((state) => state.places.unsorted.length);
  if (count === 0) return null;
  return (
    <Link href="/sort" className={buttonClass("primary")}>
      Sort {count}
    </Link>
  );
}
