import { expect, region, row, stored, test, titlesIn } from "../board-fixtures";

test.use({ tolerated: [/ERR_FAILED .*\/sync/] });

test("E21 what could not be done is told, and one undo takes back the rest", async ({ board }) => {
  const ids = await board.seed("A", "B", "C", "D", "E");
  const page = await board.open();
  // The page must not hear of it before it tries.
  await page.route("**/api/v1/sync?**", (route) => route.abort());
  await page.reload();
  await board.api("DELETE", `/api/v1/tasks/${ids.C}`);
  await row(page, "A").focus();
  await page.keyboard.press("x");
  for (let count = 0; count < 4; count++) await page.keyboard.press("Shift+ArrowDown");
  const bar = region(page, "Selection");
  await expect(bar.getByText("5 selected")).toBeVisible();
  await bar.getByRole("button", { name: "Move to Schedule" }).click();
  await expect(region(page, "Notifications").getByRole("alert")).toContainText(
    "Moved 5 tasks to Schedule: that failed for 1 of 5.",
  );
  await region(page, "Notifications").getByText("Show").click();
  await expect(region(page, "Notifications")).toContainText("“C”: It was deleted elsewhere.");
  await expect.poll(() => stored(board.api, "schedule")).toEqual(["A", "B", "D", "E"]);
  await page.keyboard.press("Control+z");
  await expect.poll(() => stored(board.api, "do")).toEqual(["A", "B", "D", "E"]);
});

test("E21 the date of all that is selected is cleared at once", async ({ board }) => {
  const due = { due_datetime: "2026-10-20T00:00:00.000Z", due_all_day: true };
  await board.seed({ title: "A", ...due }, { title: "B", in: "schedule", ...due }, "C");
  const page = await board.open();
  await row(page, "A").hover();
  await page.getByRole("checkbox", { name: "Select A" }).check();
  await row(page, "B").hover();
  await page.getByRole("checkbox", { name: "Select B" }).check();
  await region(page, "Selection").getByRole("button", { name: "Clear date" }).click();
  await expect(page.getByRole("button", { name: /^Due/ })).toHaveCount(0);
  const dates = async () =>
    (await board.api("GET", "/api/v1/tasks")).body.data.tasks.map((task) => task.due_datetime);
  await expect.poll(dates).toEqual([null, null, null]);
});

test("E21 what the filter hides stays selected, and is counted", async ({ board }) => {
  await board.seed("Tea", "Tin", "Toast", "Milk", "Meat");
  const page = await board.open();
  await row(page, "Tea").focus();
  await page.keyboard.press("Control+a");
  await expect(region(page, "Selection").getByText("5 selected")).toBeVisible();
  await page.getByRole("textbox", { name: "Filter the board" }).fill("t");
  await page.getByRole("textbox", { name: "Filter the board" }).fill("toast");
  await expect(region(page, "Selection").getByText("5 selected, 4 hidden")).toBeVisible();
  expect(await titlesIn(page, "Do")).toEqual(["Toast"]);
});

test("E21 a dragged card takes the selection along", async ({ board }) => {
  await board.seed("A", "B", "C", { title: "D", in: "schedule" });
  const page = await board.open();
  await row(page, "A").focus();
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+ArrowDown");
  const [from, to] = [await row(page, "A").boundingBox(), await row(page, "D").boundingBox()];
  if (!from || !to) throw new Error("The cards are not there.");
  await page.mouse.move(from.x + 200, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + 200, to.y + to.height - 2, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => titlesIn(page, "Schedule")).toEqual(["D", "A", "B"]);
  await expect.poll(() => stored(board.api, "schedule")).toEqual(["D", "A", "B"]);
});
