/** What makes a route of v1 answer clients of 2026-01 as they were always answered. */
export const legacy = {
  lenient: { malformed: ["priority", "sort_by"] },
  headers: {
    deprecation: "@1795219200",
    link: '</api/v1/openapi.json>; rel="deprecation"; type="application/json"',
  },
} as const;
