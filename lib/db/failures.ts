/** No class of SQLSTATE begins with E, and every error code of Node does. */
const SQLSTATE = /^[0-9A-DF-Z][0-9A-Z]{4}$/;

/** The statement was undone and the connection is fine: cancelled, no lock in time, serialization, deadlock, full disk. */
const UNDONE = new Set(["57014", "55P03", "40001", "40P01", "53100"]);

/** PostgreSQL has no code for a quota, or a limit of files, that is reached: then only this tells. */
const GROWING_A_FILE = new Set(["mdextend", "mdzeroextend"]);

/** 25006 too: whether a session may write is settled when it begins, so the next one may when this one may not. */
const LOST_STATE = /^(08|53(?!100)|57P|25P03|25006)/;

const LOST_CODES = new Set(
  "ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH EAI_AGAIN".split(" "),
);

/** A Unix socket of a server that has not started yet. Elsewhere it is a file that somebody forgot. */
const NO_SOCKET = "ENOENT";

/** Both drivers say these without a code. */
const LOST_MESSAGES =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client .* not queryable|Cannot use a pool after calling end)/;

const REFUSED_BY_PROXY = /^Unexpected server response: (429|5\d\d)$/;

function* chain(error: unknown) {
  let current = error;
  for (let depth = 0; depth < 10 && current instanceof Error; depth += 1) {
    const code = "code" in current && typeof current.code === "string" ? current.code : "";
    const routine = "routine" in current && typeof current.routine === "string" ? current.routine : "";
    yield { code, routine, message: current.message };
    current = current.cause;
  }
}

/** PostgreSQL's code for what went wrong, however deep it was wrapped. */
export function sqlState(error: unknown): string | undefined {
  for (const { code } of chain(error)) if (SQLSTATE.test(code)) return code;
  return undefined;
}

/** The value is taken: somebody else has written it first. */
export const isUniqueViolation = (error: unknown) => sqlState(error) === "23505";

/** The connection is gone or cannot be trusted any more: whoever holds it destroys it. */
export function isConnectionLost(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return LOST_STATE.test(state);
  return [...chain(error)].some(({ code, message }) => LOST_CODES.has(code) || LOST_MESSAGES.test(message));
}

/** The database cannot answer now, which is nobody's mistake: the same request may succeed a little later. */
export function isUnavailable(error: unknown): boolean {
  return UNDONE.has(sqlState(error) ?? "") || isConnectionLost(error) || hasNoRoom(error);
}

function hasNoRoom(error: unknown): boolean {
  return [...chain(error)].some(({ routine }) => GROWING_A_FILE.has(routine));
}

/** Worth another try before anything was sent: a server that starts, restarts, wakes up or is full. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return /^(0800[0136]|57P0[123]|53300)/.test(state);
  return [...chain(error)].some(
    ({ code, message }) =>
      LOST_CODES.has(code) ||
      code === NO_SOCKET ||
      REFUSED_BY_PROXY.test(message) ||
      /^(Connection terminated( unexpectedly)?|Client .* not queryable)$/.test(message),
  );
}
