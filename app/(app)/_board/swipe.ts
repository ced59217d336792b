/** So far that nobody does it by chance. */
const FAR_PX = 88;
const SIDEWAYS = 2;

export type SwipeOptions = { right(id: string): void; left(id: string): void };

type Held = { row: HTMLElement; id: string; pointerId: number; x: number; y: number; isOn: boolean };

/** A finger that moves a card to the side: what it does has a button too. */
export function watchSwipes(board: HTMLElement, { right, left }: SwipeOptions): () => void {
  let held: Held | null = null;
  const stop = new AbortController();
  const { signal } = stop;

  const end = () => {
    if (!held) return;
    held.row.style.translate = "";
    delete held.row.dataset.swiped;
    held = null;
  };

  const press = ({ target, pointerType, pointerId, isPrimary, clientX: x, clientY: y }: PointerEvent) => {
    if (pointerType !== "touch" || !isPrimary || !(target instanceof Element)) return;
    const row = target.closest<HTMLElement>("[data-task]");
    const id = row?.dataset.task;
    if (row && id) held = { row, id, pointerId, x, y, isOn: false };
  };

  const move = ({ pointerId, clientX, clientY }: PointerEvent) => {
    if (held?.pointerId !== pointerId) return;
    const [dx, dy] = [clientX - held.x, clientY - held.y];
    // What was lifted is dragged, and what goes up or down scrolls.
    if ("lifted" in held.row.dataset || (!held.isOn && Math.abs(dy) > Math.abs(dx))) return end();
    held.isOn ||= Math.abs(dx) > SIDEWAYS * Math.abs(dy) + FAR_PX / 8;
    if (!held.isOn) return;
    held.row.style.translate = `${dx}px`;
    held.row.dataset.swiped = Math.abs(dx) < FAR_PX ? "" : dx > 0 ? "right" : "left";
  };

  const release = ({ pointerId }: PointerEvent) => {
    if (held?.pointerId !== pointerId) return;
    const { id, row } = held;
    const { swiped } = row.dataset;
    end();
    if (swiped === "right") right(id);
    if (swiped === "left") left(id);
  };

  board.addEventListener("pointerdown", press, { signal });
  document.addEventListener("pointermove", move, { signal });
  document.addEventListener("pointerup", release, { signal });
  document.addEventListener("pointercancel", end, { signal });
  return () => {
    end();
    stop.abort();
  };
}
