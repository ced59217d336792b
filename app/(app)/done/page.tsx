import type { Metadata } from "next";
import { QUADRANTS } from "@/lib/board/quadrants";
import { ReadFirst } from "../_lists/read-first";
import { readTasks } from "../_lists/read-page";
import { doneQuery } from "./done-query";
import { DoneView } from "./done-view";

export const metadata: Metadata = { title: "Done" };

type Props = { searchParams: Promise<{ quadrant?: string | string[] }> };

export default function DonePage(props: Props) {
  return (
    <ReadFirst title="Done">
      <Done {...props} />
    </ReadFirst>
  );
}

async function Done({ searchParams }: Props) {
  const { quadrant } = await searchParams;
  const place = QUADRANTS.find(({ number }) => String(number) === quadrant)?.key;
  return <DoneView key={place} place={place} first={await readTasks(doneQuery(place))} />;
}
