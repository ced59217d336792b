import { afterEach, expect, test, vi } from "vitest";
import { isPlain, namesOf, shown } from "./keys";

type Held = "ctrl" | "meta" | "alt" | "shift" | "altGr";

const press = (key: string, code: string, ...held: Held[]) => ({
  key,
  code,
  ctrlKey: held.includes("ctrl"),
  metaKey: held.includes("meta"),
  altKey: held.includes("alt"),
  shiftKey: held.includes("shift"),
  getModifierState: (name: string) => name === "AltGraph" && held.includes("altGr"),
});

const on = (platform: string) => vi.stubGlobal("navigator", { platform });

afterEach(() => void vi.unstubAllGlobals());

test("a letter is the one that is written, wherever it lies", () => {
  expect(namesOf(press("a", "KeyQ"))).toEqual(["a"]);
  expect(namesOf(press("T", "KeyT", "shift"))).toEqual(["shift+t"]);
});

test("with the capitals locked a letter is the same letter", () => {
  expect(namesOf(press("Q", "KeyQ"))).toEqual(["q"]);
});

test("where no Latin letters are written, the place of the key counts", () => {
  expect(namesOf(press("й", "KeyQ"))).toEqual(["q"]);
  expect(namesOf(press("я", "KeyZ", "ctrl"))).toEqual(["mod+z"]);
});

test("a digit is the key in its place, for which some keyboards need Shift", () => {
  expect(namesOf(press("&", "Digit1"))).toContain("1");
  expect(namesOf(press("@", "Digit2", "shift"))).toContain("shift+2");
  expect(namesOf(press("3", "Numpad3"))).toEqual(["3"]);
});

test("the number pad without its lock is arrows", () => {
  expect(namesOf(press("ArrowLeft", "Numpad4"))).toEqual(["arrowleft"]);
  expect(namesOf(press("Home", "Numpad7"))).toEqual(["home"]);
});

test("a sign is found by what it is, with Shift or without", () => {
  expect(namesOf(press("?", "Slash", "shift"))).toContain("?");
  expect(namesOf(press("?", "Minus", "shift"))).toContain("?");
  expect(namesOf(press("/", "Digit7", "shift"))).toContain("/");
});

test("what AltGr makes is that sign, and neither its digit nor a chord", () => {
  const written = press("[", "Digit8", "ctrl", "alt", "altGr");
  expect(namesOf(written)).toEqual(["[", "["]);
  expect(isPlain(written)).toBe(true);
});

test("a letter with a modifier is not plain", () => {
  expect(isPlain(press("q", "KeyQ"))).toBe(true);
  expect(isPlain(press("Q", "KeyQ", "shift"))).toBe(true);
  for (const held of ["ctrl", "alt", "meta"] as const) expect(isPlain(press("q", "KeyQ", held))).toBe(false);
  expect(isPlain(press("ArrowUp", "ArrowUp"))).toBe(false);
});

test("mod is Ctrl, and on a Mac the command key", () => {
  on("Linux x86_64");
  expect(namesOf(press("k", "KeyK", "ctrl"))).toEqual(["mod+k"]);
  expect(namesOf(press("k", "KeyK", "meta"))).toEqual(["other+k"]);
  on("MacIntel");
  expect(namesOf(press("k", "KeyK", "meta"))).toEqual(["mod+k"]);
  expect(namesOf(press("k", "KeyK", "ctrl"))).toEqual(["other+k"]);
});

test("a chord is shown as it is written on the keys", () => {
  on("Linux x86_64");
  expect(shown("mod+shift+z")).toBe("Ctrl ⇧ Z");
  expect(["g m", "g /", "?", "#", "shift+1", "alt+arrowup"].map(shown)).toEqual([
    "G M",
    "G /",
    "?",
    "#",
    "⇧ 1",
    "Alt ↑",
  ]);
  on("MacIntel");
  expect(shown("mod+k")).toBe("⌘ K");
});
