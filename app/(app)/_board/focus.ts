const cards = () => [...document.querySelectorAll<HTMLElement>("[data-task]")];

const isShown = (card: HTMLElement) => card.offsetParent !== null;

/** The nearest that is shown, across the lists: with a thousand cards, to ask each of them takes a frame. */
function beside(id: string, by: 1 | -1): HTMLElement | undefined {
  const all = cards();
  const at = all.findIndex((card) => idOf(card) === id);
  const rest = by > 0 ? all.slice(at + 1) : all.slice(0, Math.max(at, 0)).reverse();
  return at < 0 ? undefined : rest.find(isShown);
}

const idOf = (row: Element | null | undefined) =>
  row instanceof HTMLElement ? (row.dataset.task ?? null) : null;

export const focusedId = (): string | null => idOf(document.activeElement?.closest("[data-task]"));

/** Where the focus goes when the row goes away: to its neighbour, in the next list if it was the last of its own. */
export function nextTo(id: string): string | null {
  const list = document.querySelector(`[data-task="${id}"]`)?.parentElement;
  const neighbours = [beside(id, 1), beside(id, -1)];
  const inList = neighbours.find((card) => card?.parentElement === list);
  return idOf(inList ?? neighbours.find(Boolean));
}

export function focusRow(id: string | null): void {
  if (id) document.querySelector<HTMLElement>(`[data-task="${id}"]`)?.focus();
}

/** Runs on into the list above or below. */
export function step(by: 1 | -1): void {
  const id = focusedId();
  const next = id ? beside(id, by) : cards().find(isShown);
  next?.focus();
}

/** The same row of the first list that has any. */
export function across(places: readonly string[]): string | null {
  const id = focusedId();
  const at = id ? idsBeside(id).indexOf(id) : 0;
  const ids = places.map((place) => idsIn(place)).find((list) => list.length > 0) ?? [];
  return ids.at(Math.min(Math.max(at, 0), ids.length - 1)) ?? null;
}

const listed = new WeakMap<Element, readonly string[]>();

/** All of a list, also what is too far down to be made. */
export const setListed = (list: Element | null, ids: readonly string[]) =>
  void (list && listed.set(list, ids));

const idsOf = (list: Element | null | undefined) => (list && listed.get(list)) ?? [];

export const idsIn = (place: string): readonly string[] =>
  idsOf(document.querySelector(`[data-rows="${place}"]`));

export const idsOnPage = (): readonly string[] =>
  [...document.querySelectorAll("[data-rows]")].flatMap((list) => idsOf(list));

/** The list of which the task is a part. */
export const idsBeside = (id: string | null): readonly string[] =>
  idsOf(document.querySelector(`[data-task="${id}"]`)?.closest("[data-rows]"));

export const focusedPlace = (): string | null =>
  document.activeElement?.closest<HTMLElement>("[data-place]")?.dataset.place ?? null;

export function focusPlace(place: string): void {
  const list = document.querySelector(`[data-rows="${place}"]`);
  const row = list?.querySelector<HTMLElement>('[data-task][tabindex="0"]');
  (row ?? list?.closest("section")?.querySelector<HTMLElement>("header button"))?.focus();
}
