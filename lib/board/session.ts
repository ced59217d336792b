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
    const { access_token, expires_in } = await (await post("/api/auth/token")).json();
    held = { token: access_token, untilMs: Date.now() + expires_in * 1_000 * USED_UP };
    return access_token;
  }

  const source: TokenSource = ({ refresh }) => {
    if (held && !refresh && Date.now() < held.untilMs) return held.token;
    running ??= renew().finally(() => {
      running = null;
    });
    return running;
  };
  return source;
}
