import { expect, region, row, test, titlesIn } from "../board-fixtures";
import { holdWrites, isWrite, openLine, openUsed, understood, unsorted } from "./line";

test("E07 quick add reads date and quadrant, and adds before the server answers (projects and tags there are none)", async ({
  board,
}) => {
  await board.seed("A", "B");
  const page = await board.open();
  const release = await holdWrites(page);
  await row(page, "B").focus();
  const line = await openLine(page);
  await line.pressSequentially("Pay invoice tomorrow !1");
  await expect(understood(page)).toHaveText(["Tomorrow, Thu 15 Oct", "1 Do"]);
  await page.keyboard.press("Enter");
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["Pay invoice", "A", "B"]);
  await expect(line).toHaveCount(0);
  await expect(row(page, "B")).toBeFocused();
  await expect(row(page, "Pay invoice").getByRole("button", { name: /^Due Tomorrow/ })).toBeVisible();

  const again = await openLine(page);
  await again.pressSequentially("Water plants !2");
  await page.keyboard.press("Control+Enter");
  await expect(again).toBeFocused();
  await expect(again).toHaveValue("");
  await expect(page.getByText("Added “Water plants” to Schedule.", { exact: true }).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(again).toHaveCount(0);

  release();
  await expect
    .poll(async () =>
      (await board.api("GET", "/api/v1/tasks")).body.data.tasks.map(({ title }) => title).sort(),
    )
    .toEqual(["A", "B", "Pay invoice", "Water plants"]);
  await page.reload();
  await expect(region(page, "Schedule").getByRole("row", { name: "Water plants" })).toBeVisible();
  await expect(region(page, "Do").getByRole("row", { name: "Pay invoice" })).toBeVisible();
});

test("E08 the plainest line lands in Unsorted, and no empty date is sent", async ({ board }) => {
  const page = await openUsed(board);
  const line = await openLine(page);
  await line.pressSequentially("Buy milk");
  const [request] = await Promise.all([page.waitForRequest(isWrite), page.keyboard.press("Enter")]);
  expect(request.postDataJSON()).toMatchObject({
    operations: [{ op: "create", body: { title: "Buy milk", is_sorted: false } }],
  });
  expect(request.postData()).not.toMatch(/due_datetime|""/);
  expect((await request.response())?.status()).toBe(200);
  await expect.poll(() => titlesIn(page, "Unsorted")).toEqual(["Buy milk"]);
  await expect(region(page, "Drop").getByRole("row")).toHaveCount(0);
  expect(await unsorted(board.api)).toMatchObject([
    { title: "Buy milk", due_datetime: null, is_sorted: false },
  ]);
});

test("E09 what may have been meant is offered, and only Tab takes it", async ({ board }) => {
  const page = await openUsed(board);
  const line = await openLine(page);
  for (const text of [
    "Move old monitor to attic",
    "Email Mark and Jane about Decide app",
    'Read "Next Friday" novel',
  ]) {
    await line.fill(text);
    await expect(understood(page)).toHaveCount(0);
  }
  await line.fill("");
  await line.pressSequentially("Prepare Friday demo");
  await expect(understood(page)).toHaveText(["Fri 16 Oct?"]);
  await page.keyboard.press("Tab");
  await expect(understood(page)).toHaveText(["Fri 16 Oct"]);
  await expect(line).toBeFocused();
  await page.keyboard.press("Enter");
  await expect
    .poll(() => unsorted(board.api))
    .toMatchObject([{ title: "Prepare demo", due_datetime: "2026-10-16T00:00:00.000Z" }]);
});

test("E09 Escape declines an offer before it closes, and Tab moves on then", async ({ board }) => {
  const page = await openUsed(board);
  const line = await openLine(page);
  await line.pressSequentially("Prepare Friday demo");
  await page.keyboard.press("Escape");
  await expect(understood(page)).toHaveCount(0);
  await expect(line).toHaveValue("Prepare Friday demo");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "0 Unsorted", exact: true })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(line).toHaveCount(0);
});

test("E09 Backspace behind a word that was taken gives it back, for as long as the line lives", async ({
  board,
}) => {
  const page = await openUsed(board);
  const line = await openLine(page);
  await line.pressSequentially("Call mum friday");
  await expect(understood(page)).toHaveText(["Fri 16 Oct"]);
  await page.keyboard.press("Backspace");
  await expect(line).toHaveValue("Call mum friday");
  await expect(understood(page)).toHaveCount(0);
  await line.pressSequentially(" or so");
  await line.press("End");
  for (let count = 0; count < " or so".length; count += 1) await page.keyboard.press("Backspace");
  await expect(line).toHaveValue("Call mum friday");
  await expect(understood(page)).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect
    .poll(() => unsorted(board.api))
    .toMatchObject([{ title: "Call mum friday", due_datetime: null }]);
});

test("the cross of a chip gives the word back, and a moment that is over warns", async ({ board }) => {
  const page = await openUsed(board);
  const line = await openLine(page);
  await line.pressSequentially("today at 9 call bank !3");
  await expect(understood(page)).toHaveText(["⚠ Today 09:00, Wed 14 Oct is over", "3 Delegate"]);
  await page.getByRole("button", { name: "Take back Today 09:00, Wed 14 Oct" }).click();
  await expect(understood(page)).toHaveText(["3 Delegate"]);
  await expect(line).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => titlesIn(page, "Delegate")).toEqual(["today at 9 call bank"]);
});

test("everything that can be typed can be picked, with the mouse alone", async ({ board }) => {
  const page = await openUsed(board);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: "2 Schedule", exact: true }).click();
  await page.getByRole("textbox", { name: "New task" }).fill("Plan the trip");
  await page.getByRole("button", { name: "Next week" }).click();
  await expect(page.getByRole("button", { name: "2 Schedule", exact: true })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect(page.getByRole("button", { name: "0 Unsorted", exact: true })).toHaveAttribute(
    "aria-pressed",
    "false",
  );
  await expect(understood(page)).toHaveText(["2 Schedule", "Mon 19 Oct"]);
  await page.getByLabel("Due date").fill("2026-11-03");
  await expect(understood(page)).toHaveText(["2 Schedule", "Tue 3 Nov"]);
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await expect(region(page, "Schedule").getByRole("button", { name: /^Due Tue 3 Nov/ })).toBeVisible();
});

test("a title that is too long is cut where one can see it, and the rest is in the notes", async ({
  board,
}) => {
  const page = await openUsed(board);
  const words = Array.from({ length: 60 }, (_, index) => `word${index}`).join(" ");
  const line = await openLine(page);
  await line.fill(words);
  await expect(page.getByText("the rest goes to the notes")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await unsorted(board.api)).length).toBe(1);
  const [task] = await unsorted(board.api);
  expect(`${task?.title} ${task?.description}`).toBe(words);
});

test("the marks lie exactly under the words that they mark", async ({ board }) => {
  const page = await openUsed(board);
  await page.setViewportSize({ width: 390, height: 844 });
  const line = await openLine(page);
  await line.fill(
    "Write to everybody who was at the meeting about the plans for the summer and what comes next tomorrow !1",
  );
  const [field, copy] = await line.evaluate((element) => {
    const mirror = element.previousElementSibling;
    const styles = [element, mirror].map((each) => {
      if (!each) return {};
      const { font, padding, letterSpacing, whiteSpace, overflowWrap, width } = getComputedStyle(each);
      return { font, padding, letterSpacing, whiteSpace, overflowWrap, width, height: each.clientHeight };
    });
    return [
      { ...styles[0], scroll: element.scrollHeight },
      { ...styles[1], scroll: mirror?.scrollHeight },
    ];
  });
  expect(field).toEqual(copy);
  const dialog = await page.getByRole("dialog").boundingBox();
  expect(dialog).toMatchObject({ x: 0, width: 390 });
  expect((dialog?.y ?? 0) + (dialog?.height ?? 0)).toBeCloseTo(844, 0);
});
