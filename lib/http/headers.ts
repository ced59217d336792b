export type HeaderRecord = Record<string, string>;

export const NO_STORE = "no-store";

/** What every answer of the API carries. It is data for programs: no browser may render, frame or store it. */
export const BASE_HEADERS: Readonly<HeaderRecord> = {
  "cache-control": NO_STORE,
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

export function setHeaders(target: HeaderRecord, headers: Readonly<HeaderRecord> | undefined): HeaderRecord {
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) target[name.toLowerCase()] = value;
  }
  return target;
}
