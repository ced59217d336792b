/** How dates are written: of the languages that the browser asks for, the first kind of English, which the pages speak. */
export const localeOf = (acceptLanguage: string | null): string =>
  acceptLanguage?.match(/\ben-[A-Z]{2}\b/)?.[0] ?? "en-GB";
