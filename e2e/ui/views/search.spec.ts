import type { Page } from "playwright/test";
import { query } from "../../support/database";
import { expect, row, stored, test } from "../board-fixtures";

const box = (page: Page) => page.getByRole("searchbox", { name: "Search titles and notes" });

const titles = (page: Page) =>
  page.getByRole("row").evaluateAll((rows) => rows.map((element) => element.getAttribute("aria-label")));

test.describe("/search", () => {
  test("finds open and completed tasks in title and notes whatever case and accents, and marks it", async ({
    board,
  }) => {
    const ids = await board.seed(
      { title: "Café in Zürich", in: "schedule" },
      { title: "Lunch", description: "at the CAFE, as always" },
      "Cafeteria bill",
      "Nothing of the kind",
    );
    await board.api("PATCH", `/api/v1/tasks/${ids["Cafeteria bill"]}/complete`, {
      body: { completed: true },
    });
    const page = await board.open("/search");
    await expect(box(page)).toBeFocused();
    await box(page).fill("cafe");
    await expect(page.getByRole("row")).toHaveCount(3);
    expect(await titles(page)).toEqual(["Café in Zürich", "Lunch", "Cafeteria bill"]);
    await expect(row(page, "Café in Zürich").locator("mark")).toHaveText("Café");
    await expect(row(page, "Café in Zürich")).toContainText("2 Schedule");
    await expect(row(page, "Lunch").locator("mark")).toHaveText("CAFE");
    await expect(row(page, "Lunch")).toContainText("at the CAFE, as always");
    await expect(row(page, "Cafeteria bill").getByRole("checkbox", { name: /^Complete/ })).toBeChecked();
    await expect(page.getByText("3 results")).toBeVisible();
    await expect(page).toHaveURL(/\/search\?q=cafe$/);

    await page.reload();
    await expect(box(page)).toHaveValue("cafe");
    await expect(page.getByRole("row")).toHaveCount(3);
  });

  test("what the server finds besides comes below, and nothing that is shown moves", async ({
    board,
    server,
  }) => {
    const ids = await board.seed("Report one", "Report two", "Report three");
    const complete = (id: string | undefined) =>
      board.api("PATCH", `/api/v1/tasks/${id}/complete`, { body: { completed: true } });
    await complete(ids["Report three"]);
    // By itself it would stand before the other one that is completed.
    await query(
      server.databaseUrl,
      "update tasks set updated_at = updated_at + interval '1 hour' where id = $1",
      [ids["Report three"]],
    );
    const page = await board.open("/search");
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route("**/api/v1/tasks?*", async (route) => {
      await held;
      await route.continue();
    });
    await box(page).fill("report");
    await expect(page.getByRole("row")).toHaveCount(2);
    await complete(ids["Report two"]);
    await expect(row(page, "Report two").getByRole("checkbox", { name: /^Complete/ })).toBeChecked();
    const before = await titles(page);
    expect([...before].sort()).toEqual(["Report one", "Report two"]);
    answer();
    await expect(page.getByRole("row")).toHaveCount(3);
    expect(await titles(page)).toEqual([...before, "Report three"]);
  });

  test("is asked once nobody types any more, and not for every letter", async ({ board }) => {
    await board.seed("Harvest");
    const page = await board.open("/search");
    const asked: string[] = [];
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.pathname === "/api/v1/tasks") asked.push(url.searchParams.get("q") ?? "");
    });
    await box(page).pressSequentially("harvest");
    await expect(row(page, "Harvest")).toBeVisible();
    await expect.poll(() => asked.at(-1)).toBe("harvest");
    expect(asked.length).toBeLessThan(4);
  });

  test("the trash is searched on demand, and its tasks restored from here", async ({ board }) => {
    const ids = await board.seed("Lost umbrella", "Umbrella stand");
    await board.api("DELETE", `/api/v1/tasks/${ids["Lost umbrella"]}`);
    const page = await board.open("/search?q=umbrella");
    await expect(page.getByText("1 result", { exact: true })).toBeVisible();
    await page.getByRole("checkbox", { name: "In the trash too" }).check();
    const list = page.getByRole("list", { name: "In the trash" });
    await expect(list.getByRole("listitem")).toHaveCount(1);
    await expect(list.locator("mark")).toHaveText("umbrella");
    await expect(page).toHaveURL(/q=umbrella&trash=1$/);
    await list.getByRole("button", { name: "Restore Lost umbrella" }).click();
    await expect(list.getByRole("listitem")).toHaveCount(0);
    await expect(row(page, "Lost umbrella")).toBeVisible();
    await expect.poll(() => stored(board.api, "do")).toEqual(["Lost umbrella", "Umbrella stand"]);
  });

  test("where nothing matches a task can be made of the words", async ({ board }) => {
    await board.seed("Something");
    const page = await board.open("/search");
    await box(page).fill("Water the ferns");
    await expect(page.getByText("Nothing matches “Water the ferns”.")).toBeVisible();
    await page.getByRole("button", { name: "Create task “Water the ferns”" }).click();
    await expect(row(page, "Water the ferns")).toBeFocused();
    await expect
      .poll(async () => (await board.api("GET", "/api/v1/tasks?sorted=false")).body.data.tasks)
      .toEqual([expect.objectContaining({ title: "Water the ferns" })]);
  });

  test("an empty search says so, and is not an empty result", async ({ board }) => {
    await board.seed("Something");
    const page = await board.open("/search");
    await expect(page.getByText("Type what you remember of it.")).toBeVisible();
    await box(page).fill("zebra");
    await expect(page.getByText("Nothing matches “zebra”.")).toBeVisible();
    await box(page).fill("");
    await expect(page.getByText("Type what you remember of it.")).toBeVisible();
    await expect(page).toHaveURL(/\/search$/);
  });

  test("Enter goes to the first result, which keys act on", async ({ board }) => {
    await board.seed("Boots");
    const page = await board.open("/search");
    await box(page).fill("boots");
    await expect(row(page, "Boots")).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(row(page, "Boots")).toBeFocused();
    await page.keyboard.press("2");
    await expect(row(page, "Boots")).toContainText("2 Schedule");
    await page.keyboard.press("/");
    await expect(box(page)).toBeFocused();
  });

  test.describe("when the server does not answer", () => {
    test.use({ tolerated: [/500/] });

    test("what the page knows is found, it says what is missing, and tries again", async ({ board }) => {
      const ids = await board.seed("Lamp here", "Lamp done");
      await board.api("PATCH", `/api/v1/tasks/${ids["Lamp done"]}/complete`, { body: { completed: true } });
      const page = await board.open("/search");
      await page.route("**/api/v1/tasks?*", (route) => route.fulfill({ status: 500, body: "{}" }));
      await box(page).fill("lamp");
      await expect(page.getByText("Only what this page knows already was searched.")).toBeVisible();
      expect(await titles(page)).toEqual(["Lamp here"]);
      await page.unroute("**/api/v1/tasks?*");
      await page.getByRole("button", { name: "Retry" }).click();
      await expect(row(page, "Lamp done")).toBeVisible();
      await expect(page.getByText("Only what this page knows already was searched.")).toHaveCount(0);
    });
  });
});
