import { randomUUID } from "node:crypto";
import { rules } from "@/conformance/rules";
import { runConformance } from "@/conformance/run";
import { expect, test } from "../../fixtures";
import { breakages } from "./breakages";
import { openBrokenServer } from "./broken-server";
import { CAUGHT_BY } from "./caught-by";

const sectionOf = (id: string) => id.replace(/-\d+$/, "");

test.describe("a server that", () => {
  test.skip(({ driver }) => driver !== "pg", "What is broken stands in front of the driver");
  test.describe.configure({ timeout: 120_000 });

  for (const [name, breaking] of Object.entries(breakages))
    test(`${name} is caught by ${CAUGHT_BY[name]}`, async ({ server }) => {
      const wanted = (CAUGHT_BY[name] ?? "").split(" ");
      const sections = new Set(wanted.map(sectionOf));
      const broken = await openBrokenServer(server.url, breaking());
      const { results } = await runConformance({
        url: broken.url,
        email: `${randomUUID()}@example.org`,
        password: "seven lamps over the harbour",
        rules: rules.filter(({ id }) => sections.has(sectionOf(id))),
      });
      await broken.close();
      expect(results.filter(({ result }) => result === "fail").map(({ id }) => id)).toEqual(wanted);
    });
});

test("every rule is shown to fail by one breakage at least", () => {
  const caught = new Set(Object.values(CAUGHT_BY).flatMap((ids) => ids.split(" ")));
  expect(rules.map(({ id }) => id).filter((id) => !caught.has(id))).toEqual([]);
});
