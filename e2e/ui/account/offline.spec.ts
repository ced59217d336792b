import { expect, row, stored, test } from "../board-fixtures";

test.use({ tolerated: [/Failed to load resource|ERR_INTERNET_DISCONNECTED/] });
test.describe.configure({ timeout: 45_000 });

test("without a network a page says so and what is kept, and comes back with it", async ({
  board,
  context,
}) => {
  await board.seed("A");
  const page = await board.open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await row(page, "A").focus();
  await page.keyboard.press("2");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are offline.");
  await expect(page.getByRole("main").getByRole("status")).toContainText("1 unsaved change is kept");
  await context.setOffline(false);
  await expect(row(page, "A")).toBeVisible();
  await expect.poll(() => stored(board.api, "schedule")).toEqual(["A"]);
});

test("the page comes back with the server, though the browser never says that it is online", async ({
  board,
  context,
}) => {
  await board.seed("A");
  const page = await board.open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are offline.");
  await page.evaluate(() =>
    addEventListener("online", (event) => event.stopImmediatePropagation(), { capture: true }),
  );
  await context.setOffline(false);
  await expect(row(page, "A")).toBeVisible();
});

test("the browser keeps the offline page and its parts, and nothing of anybody", async ({ board }) => {
  await board.seed("A secret plan");
  const page = await board.open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto("/settings/profile");
  await page.goto("/matrix");
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const opened = await Promise.all(names.map((name) => caches.open(name)));
    const requests = (await Promise.all(opened.map((cache) => cache.keys()))).flat();
    const texts = await Promise.all(requests.map(async (key) => (await caches.match(key))?.text() ?? ""));
    return { paths: requests.map(({ url }) => new URL(url).pathname), text: texts.join() };
  });
  expect(kept.paths).toContain("/offline");
  expect(kept.paths.filter((path) => path !== "/offline" && !path.startsWith("/_next/static/"))).toEqual([]);
  expect(kept.text).not.toContain("A secret plan");
  expect(kept.text).not.toContain(board.person.email);
});
