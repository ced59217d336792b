import type { Page } from "playwright/test";
import type { Api } from "../../fixtures";
import { expect, row, stored, test, titlesIn } from "../board-fixtures";

const trashed = async (api: Api) =>
  (await api("GET", "/api/v1/trash")).body.data.tasks.map(({ title }) => title);

const items = (page: Page) => page.getByRole("list", { name: "Trash" }).getByRole("listitem");

test.describe("/trash", () => {
  test.use({ tolerated: [/404.*\/api\/v1\/tasks\//] });

  test("E20 what was deleted is restored to its quadrant and slot", async ({ board }) => {
    await board.seed("One", "Two", "Three", { title: "Other", in: "drop" });
    const page = await board.open();
    await row(page, "Two").focus();
    await page.keyboard.press("Delete");
    await expect(row(page, "Two")).toHaveCount(0);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect.poll(() => trashed(board.api)).toEqual(["Two"]);

    await page.getByRole("link", { name: "Trash", exact: true }).click();
    await expect(items(page)).toHaveCount(1);
    await expect(items(page)).toContainText("30 days left");
    await page.getByRole("button", { name: "Restore Two" }).click();
    await expect(page.getByText("The trash is empty.")).toBeVisible();
    await page.getByRole("link", { name: "Matrix", exact: true }).click();
    await expect.poll(() => titlesIn(page, "Do")).toEqual(["One", "Two", "Three"]);
    await expect.poll(() => stored(board.api, "do")).toEqual(["One", "Two", "Three"]);
  });

  test("E20 deleting forever asks with the name, begins with Cancel, and is gone for good", async ({
    board,
  }) => {
    const ids = await board.seed("Secret plan", "Other");
    for (const id of Object.values(ids)) await board.api("DELETE", `/api/v1/tasks/${id}`);
    const page = await board.open("/trash");
    const opener = page.getByRole("button", { name: "Delete forever: Secret plan" });
    await opener.click();
    const dialog = page.getByRole("dialog", { name: "Delete “Secret plan” forever?" });
    await expect(dialog).toContainText("cannot be undone");
    await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(opener).toBeFocused();
    expect(await trashed(board.api)).toHaveLength(2);

    await opener.click();
    await dialog.getByRole("button", { name: "Delete forever" }).click();
    await expect(items(page)).toHaveCount(1);
    await expect(page.getByRole("button", { name: "Restore Other" })).toBeFocused();
    expect(await trashed(board.api)).toEqual(["Other"]);
    const { status } = await board.api("POST", `/api/v1/tasks/${ids["Secret plan"]}/restore`);
    expect(status).toBe(404);
    await page.goto(`/task/${ids["Secret plan"]}`);
    await expect(page.getByText("deleted for good")).toBeVisible();
  });

  test("a restoring is taken back with Ctrl+Z, and can be done again", async ({ board }) => {
    const ids = await board.seed("Boomerang");
    await board.api("DELETE", `/api/v1/tasks/${ids.Boomerang}`);
    const page = await board.open("/trash");
    await page.getByRole("button", { name: "Restore Boomerang" }).click();
    await expect.poll(() => stored(board.api, "do")).toEqual(["Boomerang"]);
    await page.keyboard.press("Control+z");
    await expect(items(page)).toHaveCount(1);
    await expect.poll(() => trashed(board.api)).toEqual(["Boomerang"]);
    await page.getByRole("button", { name: "Restore Boomerang" }).click();
    await expect.poll(() => stored(board.api, "do")).toEqual(["Boomerang"]);
  });

  test("emptying asks first, says how far it is, and takes what was not shown yet as well", async ({
    board,
  }) => {
    const operations = Array.from({ length: 60 }, (_, index) => ({
      op: "create",
      body: { title: `Litter ${index}` },
    }));
    const { body } = await board.api("POST", "/api/v1/batch", { body: { operations } });
    const deletions = body.data.results.map((result) => ({
      op: "delete",
      id: "data" in result && result.data?.id,
    }));
    await board.api("POST", "/api/v1/batch", { body: { operations: deletions } });
    const page = await board.open("/trash");
    await expect(items(page)).toHaveCount(50);
    await page.getByRole("button", { name: "Empty trash" }).click();
    const dialog = page.getByRole("dialog", { name: "Empty the trash?" });
    await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
    await page.keyboard.press("Escape");
    expect(await trashed(board.api)).toHaveLength(50);

    await page.getByRole("button", { name: "Show more" }).click();
    await expect(items(page)).toHaveCount(60);
    await page.getByRole("button", { name: "Empty trash" }).click();
    await expect(dialog).toContainText("60 tasks will be deleted forever");
    await dialog.getByRole("button", { name: "Delete forever" }).click();
    await expect(dialog.getByRole("progressbar")).toBeVisible();
    await expect(page.getByText("The trash is empty. What you delete")).toBeVisible({ timeout: 10_000 });
    expect(await trashed(board.api)).toEqual([]);
  });

  test.describe("when the server does not delete", () => {
    test.use({ tolerated: [/500/] });

    test("the dialog says so and offers to try again", async ({ board }) => {
      const ids = await board.seed("Stubborn");
      await board.api("DELETE", `/api/v1/tasks/${ids.Stubborn}`);
      const page = await board.open("/trash");
      await page.route("**/api/v1/trash/*", (route) => route.fulfill({ status: 500, body: "{}" }));
      await page.getByRole("button", { name: "Delete forever: Stubborn" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Delete forever" }).click();
      await expect(page.getByRole("dialog").getByRole("alert")).toContainText("still in the trash");
      await page.unroute("**/api/v1/trash/*");
      await page.getByRole("dialog").getByRole("button", { name: "Retry" }).click();
      await expect(page.getByText("The trash is empty. What you delete")).toBeVisible();
    });
  });
});
