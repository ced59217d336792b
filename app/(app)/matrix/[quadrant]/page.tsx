import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { QUADRANTS } from "@/lib/board/quadrants";
import { BoardView } from "../../_board/board-view";

type Props = { params: Promise<{ quadrant: string }> };

const find = async (params: Props["params"]) => {
  const { quadrant } = await params;
  return QUADRANTS.find(({ number }) => String(number) === quadrant);
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await find(params))?.meaning };
}

export default async function QuadrantPage({ params }: Props) {
  const quadrant = await find(params);
  if (!quadrant) notFound();
  return (
    <>
      <h1 className="visually-hidden">{quadrant.meaning}</h1>
      <BoardView only={quadrant.key} />
    </>
  );
}
