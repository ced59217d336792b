import type { Api } from "../../fixtures";
import { signInBrowser } from "../../support/browser-session";
import { query } from "../../support/database";
import { type BoardFixture, expect, row, test, titlesIn } from "../board-fixtures";

const complete = (api: Api, id: string | undefined) =>
  api("PATCH", `/api/v1/tasks/${id}/complete`, { body: { completed: true } });

/** As if it had been completed then, and not touched since. */
async function completeAt({ api }: BoardFixture, databaseUrl: string, id: string | undefined, at: string) {
  expect((await complete(api, id)).status).toBe(200);
  await query(databaseUrl, "update tasks set completed_at = $2, updated_at = $2 where id = $1", [id, at]);
}

test.describe("/done", () => {
  test("shows what is completed by the account’s days, the last first, and reopens it", async ({
    board,
    server,
  }) => {
    const ids = await board.seed(
      { title: "Noon", in: "schedule" },
      "Morning",
      { title: "Late in the evening", in: "delegate" },
      "Open",
    );
    await completeAt(board, server.databaseUrl, ids.Morning, "2026-10-14T06:00:00.000Z");
    await completeAt(board, server.databaseUrl, ids["Late in the evening"], "2026-10-12T22:30:00.000Z");
    await completeAt(board, server.databaseUrl, ids.Noon, "2026-10-13T10:00:00.000Z");
    const page = await board.open("/done");
    await expect(page.getByRole("heading", { level: 2 })).toHaveText([/^Today/, /^Yesterday/]);
    expect(await titlesIn(page, "Today Tasks: 1")).toEqual(["Morning"]);
    expect(await titlesIn(page, "Yesterday Tasks: 2")).toEqual(["Noon", "Late in the evening"]);
    await expect(row(page, "Noon")).toContainText("2 Schedule");
    await expect(row(page, "Noon")).toContainText("12:00");
    await expect(row(page, "Open")).toHaveCount(0);

    await row(page, "Noon").getByRole("checkbox", { name: "Complete Noon" }).click();
    await expect(row(page, "Noon")).toHaveCount(0);
    await expect
      .poll(async () => (await board.api("GET", `/api/v1/tasks/${ids.Noon}`)).body.data.is_completed)
      .toBe(false);
    await page.keyboard.press("Control+z");
    await expect(row(page, "Noon")).toBeVisible();
  });

  test("the filter keeps one quadrant, and where it keeps nothing there is a way out", async ({ board }) => {
    const ids = await board.seed("First", { title: "Second", in: "schedule" });
    await complete(board.api, ids.First);
    await complete(board.api, ids.Second);
    const page = await board.open("/done");
    await expect(page.getByRole("row")).toHaveCount(2);
    const filter = page.getByRole("navigation", { name: "Filter by quadrant" });
    await filter.getByRole("link", { name: "Schedule" }).click();
    await expect(page).toHaveURL(/quadrant=2$/);
    await expect(row(page, "First")).toHaveCount(0);
    await expect(row(page, "Second")).toBeVisible();
    await filter.getByRole("link", { name: "Drop" }).click();
    await expect(page.getByText("Nothing that is done stands in Drop.")).toBeVisible();
    await page.getByRole("link", { name: "Show all that is done" }).click();
    await expect(page.getByRole("row")).toHaveCount(2);
  });

  test("an empty one says what it is for", async ({ board }) => {
    await board.seed("Open");
    const page = await board.open("/done");
    await expect(page.getByText("Nothing is done yet.")).toBeVisible();
  });

  test("more is shown in order, even where something old was changed lately", async ({ board, server }) => {
    const operations = Array.from({ length: 60 }, (_, index) => ({
      op: "create",
      body: { title: `Task ${index}`, is_completed: true },
    }));
    await board.api("POST", "/api/v1/batch", { body: { operations } });
    await query(
      server.databaseUrl,
      `update tasks set completed_at = '2026-10-14T00:00:00Z'::timestamptz - make_interval(hours => substr(title, 6)::int),
         updated_at = '2026-10-14T00:00:00Z'::timestamptz - make_interval(hours => substr(title, 6)::int)
       where space_id = $1`,
      [board.person.id],
    );
    await query(
      server.databaseUrl,
      "update tasks set updated_at = '2026-10-14T07:00:00Z' where space_id = $1 and title = 'Task 59'",
      [board.person.id],
    );
    const page = await board.open("/done");
    const titles = () =>
      page.getByRole("row").evaluateAll((rows) => rows.map((element) => element.getAttribute("aria-label")));
    const expected = operations.map(({ body }) => body.title);
    expect(await titles()).toEqual(expected.slice(0, 49));
    await page.getByRole("button", { name: "Show more" }).click();
    await expect(page.getByRole("row")).toHaveCount(60);
    expect(await titles()).toEqual(expected);
    await expect(page.getByRole("button", { name: "Show more" })).toHaveCount(0);
  });

  test.describe("when the rest cannot be read", () => {
    test.use({ tolerated: [/500/] });

    test("what is there stays, and it can be tried again", async ({ board }) => {
      const operations = Array.from({ length: 55 }, (_, index) => ({
        op: "create",
        body: { title: `Task ${index}`, is_completed: true },
      }));
      await board.api("POST", "/api/v1/batch", { body: { operations } });
      const page = await board.open("/done");
      await page.route("**/api/v1/tasks?*", (route) => route.fulfill({ status: 500, body: "{}" }));
      await page.getByRole("button", { name: "Show more" }).click();
      await expect(page.getByText("The rest could not be loaded.")).toBeVisible();
      await expect(page.getByRole("row").first()).toBeVisible();
      await page.unroute("**/api/v1/tasks?*");
      await page.getByRole("button", { name: "Retry" }).click();
      await expect(page.getByRole("row")).toHaveCount(55);
    });
  });

  test("what another device completes shows up by itself", async ({ board }) => {
    const ids = await board.seed("Elsewhere");
    const page = await board.open("/done");
    await expect(page.getByText("Nothing is done yet.")).toBeVisible();
    await complete(board.api, ids.Elsewhere);
    await expect(row(page, "Elsewhere")).toBeVisible();
  });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  for (const [path, title] of [
    ["/done", "Completed"],
    ["/trash", "Deleted"],
    ["/search?q=open", "Still open"],
    ["/search?q=completed", "Completed"],
    ["/search?q=deleted&trash=1", "Deleted"],
  ] as const)
    test(`${path} can be read`, async ({ board, page, server }) => {
      const ids = await board.seed("Completed", "Deleted", "Still open");
      await complete(board.api, ids.Completed);
      await board.api("DELETE", `/api/v1/tasks/${ids.Deleted}`);
      await signInBrowser(page.context(), server.url, board.person.token);
      await page.goto(server.url + path);
      await expect(page.getByRole("main").getByText(title, { exact: true }).first()).toBeVisible();
    });
});
