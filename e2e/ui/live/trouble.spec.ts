import type { Page } from "playwright/test";
import { expect, row, stored, test, titlesIn } from "../board-fixtures";
import { BATCH, refuse, requestsTo } from "./network";

test.use({ tolerated: [/Failed to load resource/] });
test.describe.configure({ timeout: 90_000 });

const said = (page: Page, text: string | RegExp) => page.getByRole("status").filter({ hasText: text });

test("E32 when it takes two seconds, “Saving…” is said after the first of them and no sooner", async ({
  board,
}) => {
  await board.seed("A");
  const page = await board.open();
  await page.route(BATCH, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await route.continue();
  });
  await timePill(page);
  await row(page, "A").focus();
  await page.keyboard.press("2");
  await expect(said(page, "Saving…")).toBeVisible();
  await expect(said(page, "Saving…")).toHaveCount(0);
  const [spoken, silent] = await page.evaluate(() => Reflect.get(window, "pill"));
  expect([spoken.text, silent.text]).toEqual(["Saving…", ""]);
  expect(spoken.afterMs).toBeGreaterThan(990);
  expect(silent.afterMs).toBeGreaterThan(1_990);
  expect(await stored(board.api, "schedule")).toEqual(["A"]);
});

test("E32 429 is counted down, and tried again once, when it is time", async ({ board }) => {
  await board.seed("A");
  const page = await board.open();
  const batches = requestsTo(page, "/api/v1/batch");
  const atMs: number[] = [];
  page.on("request", (request) => request.url().endsWith("/batch") && atMs.push(Date.now()));
  const limit = { code: "rate_limited", headers: { "retry-after": "5" } };
  await page.route(BATCH, (route) => refuse(route, 429, limit), { times: 1 });
  await row(page, "A").focus();
  await page.keyboard.press("2");
  await expect(said(page, "Too fast — trying again in 4 s")).toBeVisible();
  await expect(said(page, "Too fast — trying again in 2 s")).toBeVisible();
  await expect.poll(() => stored(board.api, "schedule"), { timeout: 10_000 }).toEqual(["A"]);
  await expect(said(page, "Too fast")).toHaveCount(0);
  expect(batches).toHaveLength(2);
  const [first = 0, second = 0] = atMs;
  expect(second - first).toBeGreaterThanOrEqual(5_000);
});

/** What the pill says, and how long after the first key, as the page itself sees it. */
const timePill = (page: Page) =>
  page.evaluate(() => {
    const pill: { text: string | null; afterMs: number }[] = [];
    let startedMs = 0;
    document.addEventListener(
      "keydown",
      () => {
        startedMs ||= performance.now();
      },
      { capture: true },
    );
    const status = document.querySelector("header [role=status]");
    const note = () =>
      pill.push({ text: status?.textContent ?? null, afterMs: performance.now() - startedMs });
    if (status)
      new MutationObserver(note).observe(status, { childList: true, characterData: true, subtree: true });
    Reflect.set(window, "pill", pill);
  });

/** The same numbers every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test("E32 of 40 changes over a network that fails every third time, before or after it was done, each is done once", async ({
  board,
}) => {
  await board.seed(...["A", "B", "C", "D"].map((title) => ({ title, in: "drop" as const })));
  const page = await board.open();
  const next = random(7);
  let failures = 0;
  await page.route(BATCH, async (route) => {
    const chance = next();
    if (chance >= 0.3) return route.continue();
    failures += 1;
    if (chance < 0.15) await route.fetch();
    return refuse(route, 503, { code: "unavailable" });
  });
  for (let round = 0; round < 7; round += 1)
    for (const [nth, title] of ["A", "B", "C", "D"].entries()) {
      await row(page, title).focus();
      await page.keyboard.press(`${1 + ((round + nth) % 4)}`);
    }
  await row(page, "A").focus();
  await page.keyboard.press("a");
  for (let nth = 1; nth <= 12; nth += 1) {
    await page.keyboard.type(`New ${nth}`);
    await page.keyboard.press("Enter");
  }
  await page.keyboard.press("Escape");
  const shown = async () =>
    Promise.all(["Do", "Schedule", "Delegate", "Drop"].map((name) => titlesIn(page, name)));
  const known = async () =>
    Promise.all((["do", "schedule", "delegate", "drop"] as const).map((place) => stored(board.api, place)));
  const last = await shown();
  await expect.poll(known, { timeout: 60_000 }).toEqual(last);
  expect(await shown()).toEqual(last);
  expect(new Set(last.flat()).size).toBe(16);
  expect(last.flat()).toHaveLength(16);
  expect(failures).toBeGreaterThan(5);
  await expect(page.getByRole("region", { name: "Notifications" }).getByRole("alert")).toHaveCount(0);
});

test("what was not saved when the page went away is saved by the next one, once", async ({ board }) => {
  await board.seed("A", "B");
  const page = await board.open();
  await page.route(BATCH, (route) => route.abort());
  await row(page, "A").focus();
  await page.keyboard.press("2");
  await row(page, "B").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Control+z");
  await page.reload();
  await expect.poll(() => titlesIn(page, "Schedule")).toEqual(["A"]);
  expect(await stored(board.api, "schedule")).toEqual([]);
  await page.unroute(BATCH);
  await page.reload();
  await expect.poll(() => stored(board.api, "schedule")).toEqual(["A"]);
  await expect.poll(() => stored(board.api, "do")).toEqual(["B"]);
  await expect
    .poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("gesture"))))
    .toEqual([]);
});
