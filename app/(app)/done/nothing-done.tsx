"use client";

import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import type { QuadrantKey } from "@/lib/board/quadrants";
import { Empty } from "../_lists/empty";
import { useNames } from "../_shell/use-names";

export function NothingDone({ place }: { place: QuadrantKey | undefined }) {
  const names = useNames();
  if (!place) return <Empty text="Nothing is done yet. What you complete is kept here." />;
  return (
    <Empty text={`Nothing that is done stands in ${names(place)}.`}>
      <Link href="/done" className={buttonClass()}>
        Show all that is done
      </Link>
    </Empty>
  );
}
