/** As long as the API takes. */
export const LONGEST = 200;

/** The API looks for words of two letters and more. */
export const canAsk = (query: string) => query.split(/\s+/).some((word) => [...word].length >= 2);

/** The server and the page ask for the same, so that the cursor of one is good for the other. */
export const searchQuery = (query: string) =>
  ({
    q: query.slice(0, LONGEST),
    sort_by: "updated_at",
    sort_order: "desc",
    limit: 50,
    count: false,
  }) as const;
