import { describe, expect, test } from "vitest";
import { addDays, addMonths, isTimeZone, momentOf, timeIn, todayIn, weekdayOf } from "./zone";

describe("momentOf", () => {
  const at = (date: string, time: string, zone: string) => momentOf(date, time, zone).toISOString();

  test("is what the clock on the wall of the zone shows", () => {
    expect(at("2026-10-16", "17:00", "Europe/Berlin")).toBe("2026-10-16T15:00:00.000Z");
    expect(at("2026-11-03", "14:30", "Europe/Berlin")).toBe("2026-11-03T13:30:00.000Z");
    expect(at("2026-11-03", "00:15", "Asia/Kathmandu")).toBe("2026-11-02T18:30:00.000Z");
    expect(at("2026-11-03", "23:45", "America/New_York")).toBe("2026-11-04T04:45:00.000Z");
  });

  test("a time that a clock change skips is as much later", () => {
    expect(at("2026-03-29", "02:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
    expect(at("2026-03-08", "02:00", "America/New_York")).toBe("2026-03-08T07:00:00.000Z");
    expect(at("2026-10-04", "02:15", "Australia/Lord_Howe")).toBe("2026-10-03T15:45:00.000Z");
  });

  test("a time that comes twice is the first", () => {
    expect(at("2026-10-25", "02:30", "Europe/Berlin")).toBe("2026-10-25T00:30:00.000Z");
    expect(at("2026-11-01", "01:00", "America/New_York")).toBe("2026-11-01T05:00:00.000Z");
  });

  test("the hours around a change are what they always are", () => {
    expect(at("2026-10-25", "01:59", "Europe/Berlin")).toBe("2026-10-24T23:59:00.000Z");
    expect(at("2026-10-25", "03:00", "Europe/Berlin")).toBe("2026-10-25T02:00:00.000Z");
    expect(at("2026-03-29", "01:59", "Europe/Berlin")).toBe("2026-03-29T00:59:00.000Z");
    expect(at("2026-03-29", "03:00", "Europe/Berlin")).toBe("2026-03-29T01:00:00.000Z");
  });

  test("every hour of a year is found again on the wall", () => {
    for (const zone of ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
      for (let hour = 0; hour < 365 * 24; hour += 5) {
        const moment = new Date(Date.UTC(2026, 0, 1, hour));
        const found = momentOf(todayIn(zone, moment), timeIn(zone, moment), zone);
        const isRepeated = moment.getTime() - found.getTime() <= 3_600_000;
        expect(found <= moment && isRepeated, `${zone} ${moment.toISOString()}`).toBe(true);
        expect(timeIn(zone, found)).toBe(timeIn(zone, moment));
      }
  });
});

test("today is another day elsewhere", () => {
  const now = new Date("2026-10-14T22:30:00Z");
  expect(todayIn("Europe/Berlin", now)).toBe("2026-10-15");
  expect(todayIn("America/New_York", now)).toBe("2026-10-14");
  expect(timeIn("Europe/Berlin", now)).toBe("00:30");
});

test("days and months are counted on the calendar", () => {
  expect(addDays("2026-10-24", 2)).toBe("2026-10-26");
  expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
  expect(addMonths("2026-10-31", 4)).toBe("2027-02-28");
  expect(weekdayOf("2026-10-14")).toBe(3);
  expect(weekdayOf("2026-10-18")).toBe(0);
});

test("a name that is no zone is told apart", () => {
  for (const name of ["Europe/Berlin", "UTC", "europe/berlin"]) expect(isTimeZone(name)).toBe(true);
  for (const name of ["Europe/Nowhere", "", "Berlin", "../Europe/Berlin"])
    expect(isTimeZone(name)).toBe(false);
});
