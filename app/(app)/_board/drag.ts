import type { Place } from "@/lib/board/quadrants";
import { createGhost, type Ghost } from "./ghost";
import { type Spot, scrollNear, spotAt } from "./spot";

/** Further than a click trembles. */
const MOUSE_PX = 5;
const TOUCH_PX = 8;
/** A finger that stays lifts the card; one that moves scrolls. */
const PRESS_MS = 250;

export type Drop = {
  ids: readonly string[];
  place: Place /** The task that comes after; null: at the end. */;
  before: string | null;
};

export type DragOptions = {
  /** What is dragged along: the selection, if the card belongs to it. */
  idsOf(id: string): readonly string[];
  nameOf(place: Place): string;
  drop(drop: Drop): void;
};

type Held = {
  row: HTMLElement;
  id: string;
  pointerId: number;
  x: number;
  y: number;
  timer?: ReturnType<typeof setTimeout>;
};

/** Cards by mouse and by finger. Nothing is rendered meanwhile: the lists stay as they are until the card is let go. */
export function watchDrags(board: HTMLElement, options: DragOptions): () => void {
  const drag = new Drag(board, options);
  const stop = new AbortController();
  const { signal } = stop;
  board.addEventListener("pointerdown", (event) => drag.press(event), { signal });
  document.addEventListener("pointermove", (event) => drag.move(event), { signal });
  document.addEventListener("pointerup", (event) => drag.release(event), { signal });
  document.addEventListener("pointercancel", () => drag.cancel(), { signal });
  document.addEventListener("keydown", (event) => drag.key(event), { signal, capture: true });
  // The browser would scroll under a card that is lifted, and open its menu for a long press.
  document.addEventListener("touchmove", (event) => drag.isOn && event.preventDefault(), {
    signal,
    passive: false,
  });
  board.addEventListener("contextmenu", (event) => drag.isOn && event.preventDefault(), { signal });
  board.addEventListener("click", (event) => drag.swallow(event), { signal, capture: true });
  return () => {
    drag.cancel();
    stop.abort();
  };
}

const UNTOUCHED = "button, input, textarea, select";

class Drag {
  readonly #board: HTMLElement;
  readonly #options: DragOptions;
  #held: Held | null = null;
  #ghost: Ghost | null = null;
  #ids: readonly string[] = [];
  #spot: Spot | null = null;
  #wasDragged = false;

  constructor(board: HTMLElement, options: DragOptions) {
    this.#board = board;
    this.#options = options;
  }

  get isOn(): boolean {
    return this.#ghost !== null;
  }

  press(event: PointerEvent): void {
    this.#wasDragged = false;
    if (event.button !== 0 || !event.isPrimary || !(event.target instanceof Element)) return;
    const row = event.target.closest<HTMLElement>("[data-task]");
    const id = row?.dataset.task;
    if (!row || !id || event.target.closest(UNTOUCHED)) return;
    const { pointerId, clientX: x, clientY: y } = event;
    this.#held = { row, id, pointerId, x, y };
    if (event.pointerType !== "mouse") this.#held.timer = setTimeout(() => this.#lift(x, y), PRESS_MS);
  }

  move(event: PointerEvent): void {
    const held = this.#held;
    if (!held || event.pointerId !== held.pointerId) return;
    const { clientX: x, clientY: y } = event;
    const distance = Math.hypot(x - held.x, y - held.y);
    if (!this.isOn) {
      const isMouse = event.pointerType === "mouse";
      if (!isMouse && distance > TOUCH_PX) this.cancel();
      if (!isMouse || distance < MOUSE_PX) return;
      this.#lift(x, y);
    }
    event.preventDefault();
    this.#ghost?.to(x, y);
    this.#aim(x, y);
    scrollNear(x, y);
  }

  release(event: PointerEvent): void {
    if (event.pointerId !== this.#held?.pointerId) return;
    const [ids, spot, wasOn] = [this.#ids, this.#spot, this.isOn];
    this.cancel();
    this.#wasDragged = wasOn;
    if (wasOn && spot) this.#options.drop({ ids, place: spot.place, before: spot.before });
  }

  key(event: KeyboardEvent): void {
    if (!this.isOn || event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.cancel();
    this.#wasDragged = true;
  }

  /** Letting go over a link is not a click on it. */
  swallow(event: Event): void {
    if (!this.#wasDragged) return;
    this.#wasDragged = false;
    event.preventDefault();
    event.stopPropagation();
  }

  cancel(): void {
    clearTimeout(this.#held?.timer);
    for (const row of this.#board.querySelectorAll("[data-lifted]")) row.removeAttribute("data-lifted");
    for (const place of this.#board.querySelectorAll("[data-over]")) place.removeAttribute("data-over");
    this.#ghost?.remove();
    this.#held = null;
    this.#ghost = null;
    this.#spot = null;
    this.#ids = [];
  }

  #lift(x: number, y: number): void {
    if (!this.#held) return;
    const { row, id } = this.#held;
    this.#ids = this.#options.idsOf(id);
    getSelection()?.removeAllRanges();
    this.#ghost = createGhost(row, { x, y, count: this.#ids.length });
    for (const dragged of this.#ids)
      this.#board.querySelector(`[data-task="${dragged}"]`)?.setAttribute("data-lifted", "");
    this.#aim(x, y);
  }

  #aim(x: number, y: number): void {
    const spot = spotAt(this.#board, { x, y, without: this.#ids });
    if (spot?.section !== this.#spot?.section) {
      this.#spot?.section.removeAttribute("data-over");
      spot?.section.setAttribute("data-over", "");
    }
    this.#spot = spot;
    this.#ghost?.mark(spot?.line ?? null, spot ? `→ ${this.#options.nameOf(spot.place)}` : "");
  }
}
