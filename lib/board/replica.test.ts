import { describe, expect, test } from "vitest";
import { aGesture, aTask, updating } from "@/e2e/support/board-samples";
import { Replica } from "./replica";

const of = (...versions: number[]) =>
  new Replica(
    "u",
    versions.map((version, index) => aTask(`${index}`, { version })),
  );

describe("what the person did", () => {
  test("shows at once, over whatever the server tells meanwhile, until it is over", () => {
    const replica = of(1);
    const gesture = aGesture("g", [updating("0", { title: "Mine" })]);
    replica.begin(gesture);
    replica.learn({ tasks: [aTask("0", { version: 2, position: "a5" })] });
    expect(replica.view.get("0")).toMatchObject({ title: "Mine", position: "a5" });
    replica.end(gesture);
    expect(replica.view.get("0")).toMatchObject({ title: "Task 0", position: "a5" });
  });

  test("shows in the order in which it was done, what is sent again before the rest", () => {
    const replica = of(1);
    replica.begin(aGesture("g", [updating("0", { title: "first" })]));
    replica.begin(aGesture("h", [updating("0", { title: "second" })]));
    replica.begin(aGesture("i", [updating("0", { title: "again" })]), { first: true });
    expect(replica.view.get("0")?.title).toBe("second");
    expect(replica.pending.map(({ key }) => key)).toEqual(["i", "g", "h"]);
  });

  test("is undone by what was there before, where the server tells nothing of the trash", () => {
    const replica = of();
    const before = { a: aTask("a") };
    replica.begin(aGesture("g", [{ op: "restore", id: "a" }, updating("a", { title: "B" })], { before }));
    expect(replica.view.get("a")).toEqual({ ...aTask("a"), title: "B" });
  });

  test("to a task that is gone shows nothing", () => {
    const replica = of();
    replica.begin(aGesture("g", [updating("a", { title: "B" })], { before: { a: aTask("a") } }));
    expect(replica.view.has("a")).toBe(false);
  });
});

describe("what the server tells", () => {
  test("counts by its version, in whatever order it comes", () => {
    const replica = of(5);
    replica.learn({ tasks: [aTask("0", { version: 4, title: "late" })] });
    expect(replica.view.get("0")?.version).toBe(5);
  });

  test("of an answer that was on its way brings back nothing that was deleted since", () => {
    const replica = of(5);
    replica.learn({ gone: [{ id: "0", version: 7 }] });
    replica.learn({ tasks: [aTask("0", { version: 6 }), aTask("0", { version: 7 })] });
    expect(replica.view.has("0")).toBe(false);
    replica.learn({ tasks: [aTask("0", { version: 8 })] });
    expect(replica.view.get("0")?.version).toBe(8);
  });

  test("that it went counts as little as any other news when it is older", () => {
    const replica = of(9);
    replica.learn({ gone: [{ id: "0", version: 8 }] });
    expect(replica.view.get("0")?.version).toBe(9);
    replica.learn({ gone: [{ id: "0" }] });
    expect(replica.view.has("0")).toBe(false);
  });

  test("in a full sync is all there is, but for what the person has just done", () => {
    const replica = of(1, 1);
    const create = aGesture("g", [{ op: "create", id: "new", body: { title: "New" } }]);
    replica.begin(create);
    replica.replace([aTask("1", { version: 2 })]);
    expect([...replica.view.keys()].sort()).toEqual(["1", "new"]);
    // It was made while the full sync ran, and is told right after it.
    replica.learn({ tasks: [aTask("0", { version: 1 })] });
    expect(replica.view.has("0")).toBe(true);
  });
});
