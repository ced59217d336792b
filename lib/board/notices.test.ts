import { expect, test } from "vitest";
import { createNotices } from "./notices";

const open = () => {
  const notices = createNotices();
  return { notices, texts: () => notices.store.get().list.map(({ text }) => text) };
};

test("of what was done only the last can be taken back from here, and what failed stays", () => {
  const { notices, texts } = open();
  notices.show({ kind: "error", text: "failed" });
  notices.show({ kind: "done", text: "one" });
  notices.show({ kind: "done", text: "two" });
  expect(texts()).toEqual(["failed", "two"]);
  notices.dismissDone();
  for (const text of ["b", "c", "d"]) notices.show({ kind: "error", text });
  expect(texts()).toEqual(["failed", "b", "c", "d"]);
});

test("a question is asked once, and another one beside it", () => {
  const { notices, texts } = open();
  notices.show({ kind: "error", text: "old", about: "a" });
  notices.show({ kind: "error", text: "other", about: "b" });
  notices.show({ kind: "error", text: "new", about: "a" });
  expect(texts()).toEqual(["other", "new"]);
  notices.dismissAbout("a");
  expect(texts()).toEqual(["other"]);
});

test("what is said twice is read out twice", () => {
  const { notices } = open();
  notices.say("Completed");
  const first = notices.store.get().said;
  notices.say("Completed");
  expect(notices.store.get().said).not.toBe(first);
  expect(notices.store.get().said.trim()).toBe("Completed");
});
