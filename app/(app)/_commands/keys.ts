type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey"> &
  Partial<Pick<KeyboardEvent, "getModifierState" | "target">>;

const isMac = () => typeof navigator !== "undefined" && /mac|iphone|ipad/i.test(navigator.platform);

/** AltGr makes characters: what it makes counts as plain. */
const isAltGr = (press: Press) => press.getModifierState?.("AltGraph") ?? false;

/** A single key of text, or a digit, without a modifier that would tell it from typing. */
export const isPlain = (press: Press): boolean =>
  press.key.length === 1 && ((!press.ctrlKey && !press.metaKey && !press.altKey) || isAltGr(press));

/** The names by which the table may know the press: by the letter that it makes, or by where the key lies. */
export function namesOf(press: Press): string[] {
  // Without its lock the number pad is arrows, and AltGr makes signs of digits.
  const isChar = press.key.length === 1 && !isAltGr(press);
  const digit = isChar ? /^(?:Digit|Numpad)(\d)$/.exec(press.code)?.[1] : undefined;
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1]?.toLowerCase();
  const key = press.key === " " ? "space" : press.key.toLowerCase();
  const isLatin = /^[\x20-\x7e]$/.test(press.key);
  const isSign = /^[^\p{L}\p{N}]$/u.test(key);
  const names = digit ? [digit] : isLatin || !letter ? [key] : [letter];
  const found = names.map((name) => prefix(press) + name);
  // What needs Shift on one keyboard does not on another: `?` is `?`.
  return isSign && isPlain(press) ? [...found, key] : found;
}

function prefix(press: Press): string {
  if (isAltGr(press)) return "";
  const { ctrlKey, metaKey, altKey, shiftKey } = press;
  const mod = isMac() ? metaKey : ctrlKey;
  const isOther = isMac() ? ctrlKey : metaKey;
  return `${mod ? "mod+" : ""}${isOther ? "other+" : ""}${altKey ? "alt+" : ""}${shiftKey ? "shift+" : ""}`;
}

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

const PRESSABLE = "button, a[href], summary, input";

/**
 * A field takes its own keys, its own undo too; only what opens the palette works there. A button takes those that
 * press it.
 */
export function isForTyping(press: KeyboardEvent): boolean {
  if (!(press.target instanceof Element)) return false;
  if ((press.key === " " || press.key === "Enter") && press.target.closest(PRESSABLE)) return true;
  if (!press.target.closest(TYPING)) return false;
  return !((press.ctrlKey || press.metaKey) && press.key.toLowerCase() === "k");
}

const SIGNS: Record<string, string> = {
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  space: "Space",
  enter: "Enter",
  delete: "Del",
  backspace: "⌫",
  home: "Home",
  end: "End",
  shift: "⇧",
  alt: "Alt",
  ctrl: "Ctrl",
};

/** As it is written on a key. */
export const shown = (key: string): string =>
  key
    .split(/(?<=.)[+ ](?=.)/)
    .map((part) => (part === "mod" ? (isMac() ? "⌘" : "Ctrl") : (SIGNS[part] ?? part.toUpperCase())))
    .join(" ");
