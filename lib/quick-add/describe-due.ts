import { addDays, daysBetween, timeIn, todayIn, weekdayOf } from "./zone";

type Due = { dueDatetime: string; dueAllDay: boolean };

type View = { now: Date; timeZone: string; locale: string; dateFormat: "locale" | "iso" };

export type DueDescription = {
  text: string;
  isOverdue: boolean;
  isToday: boolean;
  /** 0 for what was due earlier today. */
  overdueDays: number;
};

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export const isDayFirst = (locale: string) => locale.toLowerCase() !== "en-us";

export function describeDue({ dueDatetime, dueAllDay }: Due, view: View): DueDescription {
  const { now, timeZone } = view;
  const today = todayIn(timeZone, now);
  const at = new Date(dueDatetime);
  const date = dueAllDay ? dueDatetime.slice(0, 10) : todayIn(timeZone, at);
  const isOverdue = dueAllDay ? date < today : at < now;
  return {
    text: dueAllDay ? dayText(date, today, view) : momentText(date, timeIn(timeZone, at), today, view),
    isOverdue,
    isToday: date === today,
    overdueDays: isOverdue ? daysBetween(date, today) : 0,
  };
}

function momentText(date: string, time: string, today: string, view: View): string {
  const isNamed = nameOf(date, today) !== undefined || view.dateFormat === "iso";
  return `${dayText(date, today, view)}${isNamed ? " " : ", "}${clockText(time, view)}`;
}

const nameOf = (date: string, today: string) =>
  ({ [today]: "Today", [addDays(today, 1)]: "Tomorrow", [addDays(today, -1)]: "Yesterday" })[date];

function dayText(date: string, today: string, { locale, dateFormat }: View): string {
  const name = nameOf(date, today);
  if (name !== undefined) return name;
  if (dateFormat === "iso") return date;
  const weekday = WEEKDAYS[weekdayOf(date)];
  const month = MONTHS[Number(date.slice(5, 7)) - 1];
  const day = Number(date.slice(8));
  const year = date.slice(0, 4) === today.slice(0, 4) ? "" : date.slice(0, 4);
  if (isDayFirst(locale)) return `${weekday} ${day} ${month}${year && ` ${year}`}`;
  return `${weekday}, ${month} ${day}${year && `, ${year}`}`;
}

export function clockText(time: string, { locale, dateFormat }: Pick<View, "locale" | "dateFormat">): string {
  if (dateFormat === "iso" || isDayFirst(locale)) return time;
  const hour = Number(time.slice(0, 2));
  return `${hour % 12 || 12}${time.slice(2)} ${hour < 12 ? "AM" : "PM"}`;
}
