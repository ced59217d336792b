import list from "./common-passwords.json" with { type: "json" };

/**
 * What people choose most, eight characters and more, in lower case: the list of Django 5.2 and that of
 * @zxcvbn-ts/language-common 4.1.3 in one. Both were counted in breaches; their licences are in common-passwords.license.txt.
 */
const COMMON: ReadonlySet<string> = new Set(list);

/** Whole and whatever its case. NIST SP 800-63B-4 §3.1.1.2 wants the entire password compared, not words inside it. */
export const isCommon = (password: string) => COMMON.has(password.normalize("NFC").toLowerCase());
