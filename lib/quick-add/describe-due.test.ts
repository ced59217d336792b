import { describe, expect, test } from "vitest";
import { describeDue } from "./describe-due";

const view = {
  now: new Date("2026-10-14T08:00:00Z"),
  timeZone: "Europe/Berlin",
  locale: "en-GB",
  dateFormat: "locale",
} as const;

const day = (date: string) => ({ dueDatetime: `${date}T00:00:00.000Z`, dueAllDay: true });
const moment = (dueDatetime: string) => ({ dueDatetime, dueAllDay: false });

describe("describeDue", () => {
  test("names the days around today, and tells the others", () => {
    const text = (date: string) => describeDue(day(date), view).text;
    expect(["2026-10-13", "2026-10-14", "2026-10-15"].map(text)).toEqual(["Yesterday", "Today", "Tomorrow"]);
    expect(["2026-10-19", "2026-10-01", "2027-10-19", "2025-12-31"].map(text)).toEqual([
      "Mon 19 Oct",
      "Thu 1 Oct",
      "Tue 19 Oct 2027",
      "Wed 31 Dec 2025",
    ]);
  });

  test("adds the time of the zone, as the person writes it", () => {
    const text = (due: string, more = {}) => describeDue(moment(due), { ...view, ...more }).text;
    expect(text("2026-10-14T15:00:00.000Z")).toBe("Today 17:00");
    expect(text("2026-10-14T22:30:00.000Z")).toBe("Tomorrow 00:30");
    expect(text("2026-10-19T15:05:00.000Z")).toBe("Mon 19 Oct, 17:05");
    expect(text("2026-10-19T15:05:00.000Z", { locale: "en-US" })).toBe("Mon, Oct 19, 5:05 PM");
    expect(text("2027-10-18T22:05:00.000Z", { locale: "en-US" })).toBe("Tue, Oct 19, 2027, 12:05 AM");
    expect(text("2026-10-19T15:05:00.000Z", { dateFormat: "iso" })).toBe("2026-10-19 17:05");
    expect(text("2026-10-14T15:00:00.000Z", { dateFormat: "iso", locale: "en-US" })).toBe("Today 17:00");
  });

  test("a day is overdue when it is over, a moment when it is past", () => {
    const told = (due: ReturnType<typeof day>) => {
      const { isOverdue, isToday, overdueDays } = describeDue(due, view);
      return [isOverdue, isToday, overdueDays];
    };
    expect(told(day("2026-10-14"))).toEqual([false, true, 0]);
    expect(told(day("2026-10-12"))).toEqual([true, false, 2]);
    expect(told(day("2026-10-20"))).toEqual([false, false, 0]);
    expect(told(moment("2026-10-14T07:59:00.000Z"))).toEqual([true, true, 0]);
    expect(told(moment("2026-10-14T08:00:00.000Z"))).toEqual([false, true, 0]);
    expect(told(moment("2026-10-13T21:59:00.000Z"))).toEqual([true, false, 1]);
  });

  test("a whole day is the same day in every zone", () => {
    for (const timeZone of ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
      expect(describeDue(day("2026-10-19"), { ...view, timeZone }).text).toBe("Mon 19 Oct");
  });
});
