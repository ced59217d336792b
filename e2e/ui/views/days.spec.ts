import type { Page } from "playwright/test";
import { type BoardFixture, expect, region, row, test, titlesIn } from "../board-fixtures";

const day = (date: string) => ({ due_datetime: `${date}T00:00:00.000Z`, due_all_day: true });
const at = (moment: string) => ({ due_datetime: moment });

/** The page as an account in the zone sees it at a moment, whatever the browser thinks. */
async function openIn(board: BoardFixture, timeZone: string, moment: string, path: string): Promise<Page> {
  const body = { preferences: { time_zone: timeZone } };
  expect((await board.api("PATCH", "/api/v1/auth/me", { body })).status).toBe(200);
  const page = await board.open(path);
  await page.clock.setFixedTime(new Date(moment));
  await page.goto(path);
  await page.locator("[data-ready]").waitFor({ state: "attached" });
  return page;
}

test.describe("/today", () => {
  test("groups what is overdue, due today and first, each row with its quadrant", async ({ board }) => {
    await board.seed(
      { title: "Fire" },
      { title: "Rent", in: "schedule", ...day("2026-10-14") },
      { title: "Call", in: "delegate", ...at("2026-10-14T13:30:00.000Z") },
      { title: "Taxes", in: "unsorted", ...day("2026-10-12") },
      { title: "Missed", ...at("2026-10-14T07:00:00.000Z") },
      { title: "Later", in: "schedule", ...day("2026-10-15") },
    );
    const page = await board.open("/today");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Today");
    expect(await titlesIn(page, "Overdue Tasks: 2")).toEqual(["Taxes", "Missed"]);
    expect(await titlesIn(page, "Due today Tasks: 2")).toEqual(["Rent", "Call"]);
    expect(await titlesIn(page, "Do Tasks: 1")).toEqual(["Fire"]);
    await expect(row(page, "Rent")).toContainText("2 Schedule");
    await expect(row(page, "Call")).toContainText("3 Delegate");
    await expect(row(page, "Call")).toContainText("Today 15:30");
    await expect(row(page, "Taxes")).toContainText("Unsorted");
    await expect(row(page, "Taxes")).toContainText("Overdue 2 d");
    await expect(row(page, "Later")).toHaveCount(0);

    await row(page, "Rent").focus();
    await page.keyboard.press("Space");
    await expect(row(page, "Rent")).toHaveCount(0);
    await expect(row(page, "Call")).toBeFocused();
    await page.keyboard.press("Control+z");
    await expect(row(page, "Rent")).toHaveCount(1);
  });

  test("says that nothing is due where nothing is, and what is to be sorted", async ({ board }) => {
    await board.seed({ title: "Loose", in: "unsorted" });
    const page = await board.open("/today");
    await expect(page.getByText("Nothing is due today, and nothing waits in Do.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Sort 1" })).toBeVisible();
  });

  test("a whole day is the same date in every zone, and today is the account’s, not the browser’s", async ({
    board,
  }) => {
    await board.seed(
      { title: "The 14th", in: "drop", ...day("2026-10-14") },
      { title: "The 15th", in: "drop", ...day("2026-10-15") },
      { title: "At 22:00 in Los Angeles", in: "drop", ...at("2026-10-15T05:00:00.000Z") },
    );
    const noon = "2026-10-14T12:00:00.000Z";
    let page = await openIn(board, "Pacific/Kiritimati", noon, "/today");
    expect(await titlesIn(page, "Overdue Tasks: 1")).toEqual(["The 14th"]);
    expect(await titlesIn(page, "Due today Tasks: 2")).toEqual(["The 15th", "At 22:00 in Los Angeles"]);
    await expect(row(page, "At 22:00 in Los Angeles")).toContainText("Today 19:00");

    page = await openIn(board, "America/Los_Angeles", noon, "/today");
    await expect(region(page, "Due today Tasks: 2")).toBeVisible();
    expect(await titlesIn(page, "Due today Tasks: 2")).toEqual(["The 14th", "At 22:00 in Los Angeles"]);
    await expect(row(page, "At 22:00 in Los Angeles")).toContainText("Today 22:00");
    await expect(row(page, "The 15th")).toHaveCount(0);
  });
});

test.describe("/upcoming", () => {
  test("has a line for each of 14 days, and counts what is overdue or later", async ({ board }) => {
    await board.seed(
      { title: "Dentist", in: "schedule", ...at("2026-10-15T12:00:00.000Z") },
      { title: "Birthday", in: "schedule", ...day("2026-10-15") },
      { title: "Last", in: "drop", ...day("2026-10-27") },
      { title: "Beyond", in: "drop", ...day("2026-10-28") },
      { title: "Late", ...day("2026-10-13") },
    );
    const page = await board.open("/upcoming");
    await expect(page.getByRole("link", { name: "1 task is overdue" })).toBeVisible();
    expect(await titlesIn(page, "Tomorrow Tasks: 2")).toEqual(["Birthday", "Dentist"]);
    expect(await titlesIn(page, "Tue 27 Oct Tasks: 1")).toEqual(["Last"]);
    await expect(page.getByText("Nothing", { exact: true })).toHaveCount(12);
    await page.getByRole("link", { name: "1 task is due later" }).click();
    await expect(row(page, "Beyond")).toBeVisible();
    await expect(row(page, "Last")).toHaveCount(0);
  });

  test("what is to be scheduled and has no date gets one with a click, and loses it with Ctrl+Z", async ({
    board,
  }) => {
    await board.seed({ title: "Plan trip", in: "schedule" }, { title: "Read", in: "schedule" }, "Fire");
    const page = await board.open("/upcoming");
    expect(await titlesIn(page, "Plan these Tasks: 2")).toEqual(["Plan trip", "Read"]);
    await page.getByRole("button", { name: "Tomorrow: Plan trip" }).click();
    expect(await titlesIn(page, "Tomorrow Tasks: 1")).toEqual(["Plan trip"]);
    await expect(row(page, "Read")).toBeFocused();
    await page.getByRole("button", { name: "Next week: Read" }).click();
    expect(await titlesIn(page, "Mon 19 Oct Tasks: 1")).toEqual(["Read"]);
    await expect(page.getByText("Everything in Schedule has a date.")).toBeVisible();
    await page.keyboard.press("Control+z");
    await expect(region(page, "Plan these Tasks: 1").getByRole("row")).toHaveCount(1);
  });

  for (const timeZone of ["Pacific/Kiritimati", "America/Los_Angeles"])
    test(`a whole day stands on its date, and a moment on the day that it has in ${timeZone}`, async ({
      board,
    }) => {
      await board.seed(
        { title: "Fair", in: "schedule", ...day("2026-10-20") },
        { title: "Call", in: "schedule", ...at("2026-10-20T11:00:00.000Z") },
      );
      const page = await openIn(board, timeZone, "2026-10-14T12:00:00.000Z", "/upcoming");
      const isFar = timeZone === "Pacific/Kiritimati";
      // The 21st at 01:00, or the 20th at 04:00.
      await expect(row(page, "Call")).toContainText(isFar ? "Wed 21 Oct, 01:00" : "Tue 20 Oct, 04:00");
      await expect(row(page, "Fair")).toContainText("Tue 20 Oct");
      const tuesday = isFar ? "Tue 20 Oct Tasks: 1" : "Tue 20 Oct Tasks: 2";
      expect(await titlesIn(page, tuesday)).toEqual(isFar ? ["Fair"] : ["Fair", "Call"]);
    });
});
