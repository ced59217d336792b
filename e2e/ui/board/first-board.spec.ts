import { expect, region, row, test, titlesIn } from "../board-fixtures";

test("E01 the first board has eight samples, and clearing them is one step that can be undone", async ({
  board,
}) => {
  const page = await board.open();
  await expect(page.getByRole("complementary", { name: "Samples" })).toBeVisible();
  const count = async () => (await board.api("GET", "/api/v1/tasks")).body.data.total_count;
  await expect.poll(count).toBe(8);
  await expect(region(page, "Unsorted").getByRole("row")).toHaveCount(2);
  await page.getByRole("button", { name: "Clear all" }).click();
  for (const name of ["Do", "Schedule", "Delegate", "Drop"])
    await expect(region(page, name).getByRole("row")).toHaveCount(0);
  await expect(region(page, "Do")).toContainText("Nothing on fire.");
  await expect.poll(count).toBe(0);
  await region(page, "Notifications").getByRole("button", { name: "Undo" }).click();
  await expect(region(page, "Do").getByRole("row")).toHaveCount(2);
  await expect.poll(count).toBe(8);
});

test("E01 samples that are kept are tasks like others, and are not planted again", async ({ board }) => {
  const page = await board.open();
  await page.getByRole("button", { name: "Keep them" }).click();
  await expect(page.getByRole("complementary", { name: "Samples" })).toHaveCount(0);
  const tips = async () => (await board.api("GET", "/api/v1/auth/me")).body.data.preferences.tips;
  await expect.poll(tips).toBe(false);
  await page.reload();
  await expect(region(page, "Unsorted").getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("complementary", { name: "Samples" })).toHaveCount(0);
});

test("a board that was emptied is not filled with samples", async ({ board }) => {
  const { A } = await board.seed("A");
  await board.api("DELETE", `/api/v1/tasks/${A}`);
  const page = await board.open();
  await expect(region(page, "Do")).toContainText("Nothing on fire.");
  expect(await titlesIn(page, "Do")).toEqual([]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the lists can be read, and each task", async ({ board, page, server }) => {
    const ids = await board.seed(
      { title: "Call the plumber", description: "The tap drips" },
      { title: "Plan the week", in: "schedule" },
      { title: "An idea", in: "unsorted" },
    );
    await board.signIn();
    await page.goto(`${server.url}/matrix`);
    await expect(row(page, "Call the plumber")).toBeVisible();
    await expect(region(page, "Schedule")).toContainText("Plan the week");
    await page.getByRole("link", { name: "Call the plumber" }).click();
    await expect(page).toHaveURL(`${server.url}/task/${ids["Call the plumber"]}`);
    await expect(page.getByRole("textbox", { name: "Notes" })).toHaveValue("The tap drips");
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${server.url}/matrix`);
    await expect(row(page, "An idea")).toBeVisible();
    await expect(row(page, "Plan the week")).toBeVisible();
  });
});
