export const about = {
  title: "Fourfold API",
  version: "1",
  description: `Tasks in the four quadrants of the Eisenhower matrix.

**Success** is \`{"success": true, "data": …}\`. **Errors** are problem documents of RFC 9457
(\`application/problem+json\`): decide by \`code\`, show \`detail\`, and name \`request_id\` when you report one. A method that a
path does not have answers 405 with \`Allow\`, and an unknown path 404.

**Input is strict**: unknown and read-only members and parameters are refused by name. Ignore the members of a
response that you do not know: v1 only ever gains.

**Repeat safely** with \`Idempotency-Key\`, and **do not overwrite** what you have not seen with \`If-Match\`.

Every response carries \`X-Request-Id\`: your own, if you sent one of 1 to 128 letters, digits, dots, dashes and
underscores. Times are RFC 3339 in UTC, with milliseconds.

The paths of 2026-01 under \`/api/tasks\` still answer, as leniently as ever and with a \`Deprecation\` header. They are
these endpoints under another name and are left out here.`,
};

export const securitySchemes = {
  bearer: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "An access token. Each operation names the scope that the token must have.",
  },
};
