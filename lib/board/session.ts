import { NetworkError, type TokenSource } from "@/lib/client/client";

/** Nobody is signed in any more: what is to be saved waits until somebody is. */
export class SessionEnded extends Error {
  override readonly name = "SessionEnded";
}

/** The part of a token's life after which the next one is fetched. */
const USED_UP = 0.8;

type Held = { token: string; untilMs: number };

/** The cookie for an access token: one request however many ask, and a new one before the old one ends. */
export function createTokens({ fetch, ended }: { fetch: typeof globalThis.fetch; ended(): void }) {
  let held: Held | null = null;
  let running: Promise<string> | null = null;

  async function post(path: string): Promise<Response> {
    // A form of another site could not send this type.
    const headers = { "content-type": "application/json" };
    const request = { method: "POST", credentials: "same-origin", headers, body: "{}" } as const;
    const response = await fetch(path, request).catch((cause: unknown) => {
      throw new NetworkError("No complete answer arrived.", { cause });
    });
    if (response.ok) return response;
    if (response.status !== 401) throw new NetworkError(`The session was not renewed: ${response.status}.`);
    held = null;
    ended();
    throw new SessionEnded("Nobody is signed in.");
  }

  async function renew(): Promise<string> {
    await post("/api/auth/refresh");
    held = await read(await post("/api/auth/token"));
    return held.token;
  }

  // Of several that were refused together, the later ones find that the first has fetched the next token.
  const source: TokenSource = ({ refused }) => {
    if (held && held.token !== refused && Date.now() < held.untilMs) return held.token;
    running ??= renew().finally(() => {
      running = null;
    });
    return running;
  };
  return source;
}

/** What is between here and the server may answer in its place. */
async function read(response: Response): Promise<Held> {
  const answer: unknown = await response.json().catch(() => null);
  const { access_token: token, expires_in: seconds } = Object(answer);
  if (typeof token !== "string" || typeof seconds !== "number")
    throw new NetworkError("The answer is not a token.");
  return { token, untilMs: Date.now() + seconds * 1_000 * USED_UP };
}
