import styles from "./board.module.css";

type Line = { x: number; y: number; width: number };

export type Ghost = {
  to(x: number, y: number): void;
  mark(line: Line | null, label: string): void;
  remove(): void;
};

type From = { x: number; y: number; count: number };

/** The card that follows the pointer, and the line where it would land: outside of what React knows. */
export function createGhost(row: HTMLElement, { x: startX, y: startY, count }: From): Ghost {
  const { left, top, width, height } = row.getBoundingClientRect();
  const card = row.cloneNode(true) as HTMLElement;
  for (const name of ["data-task", "role", "tabindex", "aria-label", "aria-selected"])
    card.removeAttribute(name);
  card.inert = true;
  card.classList.add(styles.ghost ?? "");
  Object.assign(card.style, {
    width: `${width}px`,
    height: `${height}px`,
    left: `${left}px`,
    top: `${top}px`,
  });
  if (count > 1) card.dataset.count = String(count);
  const target = document.createElement("span");
  target.className = styles.target ?? "";
  card.append(target);
  const line = document.createElement("div");
  line.className = styles.line ?? "";
  line.hidden = true;
  document.body.append(card, line);
  return {
    to: (x, y) => {
      card.style.transform = `translate(${x - startX}px, ${y - startY}px) scale(1.02)`;
    },
    mark: (at, label) => {
      line.hidden = at === null;
      target.textContent = label;
      if (at)
        Object.assign(line.style, {
          width: `${at.width}px`,
          transform: `translate(${at.x}px, ${at.y - 1}px)`,
        });
    },
    remove: () => {
      card.remove();
      line.remove();
    },
  };
}
