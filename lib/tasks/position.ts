/** Keys that begin with A are the server's own: above every key that a client gives there is room. */
const KEY = /^[B-Za-z][0-9A-Za-z]*$/;
const MAX_LENGTH = 255;

/** How many characters the integer part has: a0–az, b00–bzz …; below zero Z0–Zz, Y00–Yzz … */
const widthOf = (head: string) =>
  head >= "a" ? head.charCodeAt(0) - "a".charCodeAt(0) + 2 : "Z".charCodeAt(0) - head.charCodeAt(0) + 2;

/** Whether the text is a fractional-index key: an integer part, and a fraction that does not end in 0. */
export function isPosition(text: string): boolean {
  if (!KEY.test(text) || text.length > MAX_LENGTH) return false;
  const width = widthOf(text.charAt(0));
  if (text.length < width) return false;
  return text.length === width || !text.endsWith("0");
}
