import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { rules } from "@/conformance/rules";
import { expect, test } from "../../fixtures";

const page = readFileSync("docs/contract.md", "utf8");
const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block);

test("the examples of docs/contract.md answer what stands behind them", async ({ server }) => {
  test.setTimeout(60_000);
  const script = blocks.join("\n").replaceAll("http://localhost:3000", server.url);
  const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script]);
  const promised = [...script.matchAll(/^# → (.*)$/gm)].map(([, text = ""]) => text);
  expect(promised.length).toBeGreaterThan(40);
  let position = 0;
  for (const text of promised) {
    const found = stdout.indexOf(text, position);
    expect(found, `${text} comes after ${stdout.slice(0, position).slice(-400)}`).toBeGreaterThanOrEqual(0);
    position = found + text.length;
  }
});

test("docs/contract.md names the rules of each section, and every section has an example", () => {
  const ids = rules.map(({ id }) => id);
  for (const section of new Set(ids.map((id) => id.replace(/\d+$/, "")))) {
    const numbers = ids.filter((id) => id.startsWith(section)).sort();
    const [first = "", last = ""] = [numbers[0], numbers.at(-1)];
    expect(page).toMatch(new RegExp(`\`${first}\`(,| …) \`${last}\``));
  }
  const sections = page.split(/^## /m).slice(1);
  expect(sections.filter((section) => !section.includes("```sh"))).toEqual([]);
});
