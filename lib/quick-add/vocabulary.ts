export const WEEKDAY =
  "(sun(?:day)?|mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:rs?|rsday)?|fri(?:day)?|sat(?:urday)?)";
export const MONTH =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
export const NUMBER = "([1-9]\\d{0,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten)";

const NUMBERS = ["an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

export const numberOf = (word = "") => Number(word) || Math.max(1, NUMBERS.indexOf(word));

/** 0 is Sunday. */
export const weekdayNamed = (word = "") => WEEKDAYS.indexOf(word.slice(0, 3));

/** 1 to 12. */
export const monthNamed = (word = "") => MONTHS.indexOf(word.slice(0, 3)) + 1;

/** The phrase begins with it, and it ends with a word. */
export const rulePattern = (...parts: string[]) => new RegExp(`^${parts.join("")}(?= |$)`);
