import { type QuadrantKey, quadrantOf } from "@/lib/board/quadrants";

/** The server and the page ask for the same, so that the cursor of one is good for the other. */
export function doneQuery(place: QuadrantKey | undefined) {
  const quadrant = place && quadrantOf(place);
  return {
    completed: true,
    ...(quadrant && { priority: quadrant.priority, sorted: true }),
    sort_by: "updated_at",
    sort_order: "desc",
    limit: 50,
    count: false,
  } as const;
}
