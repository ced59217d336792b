import type { Body } from "@/conformance/client";
import type { Asked, Breaking, Told } from "./broken-server";

export const textOf = ({ body }: { body: Uint8Array }) => new TextDecoder().decode(body);

export function jsonOf<T = Body>(message: { body: Uint8Array }): T {
  try {
    return JSON.parse(textOf(message)) as T;
  } catch {
    return {} as T;
  }
}

export const bytesOf = (value: unknown) =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

/** Changes requests before they are passed on. */
export const asking =
  (change: (asked: Asked) => Partial<Asked> | undefined): Breaking =>
  (asked, pass) =>
    pass({ ...asked, ...change(asked) });

/** Changes answers, headers in place. */
export const answering =
  (change: (told: Told, asked: Asked) => Partial<Told> | undefined): Breaking =>
  async (asked, pass) => {
    const told = await pass(asked);
    return { ...told, ...change(told, asked) };
  };

/** Changes the content of answers that have one, in place. */
export const retelling = (change: (content: Body, asked: Asked, told: Told) => void): Breaking =>
  answering((told, asked) => {
    if (told.body.length === 0 || !told.headers.get("content-type")?.includes("json")) return undefined;
    const content = jsonOf(told);
    change(content, asked, told);
    return { body: bytesOf(content) };
  });

export const withoutHeader = (name: string) => answering(({ headers }) => void headers.delete(name));

export const withHeader = (name: string, value: string) =>
  answering(({ headers }) => void headers.set(name, value));

export const deaf = (name: string) => asking(({ headers }) => void headers.delete(name));

/** Without these parameters of the query. */
export const ignoring = (...names: string[]) =>
  asking(({ url }) => {
    const left = new URL(url);
    for (const name of names) left.searchParams.delete(name);
    return { url: left };
  });

export const is = (asked: Asked, method: string, path: RegExp) =>
  asked.method === method && path.test(asked.url.pathname);

const JSON_HEADERS = () => new Headers({ "content-type": "application/json" });

/** Answers that the server behind never hears of. */
export const pretending =
  (method: string, path: RegExp, status: number, content?: object): Breaking =>
  async (asked, pass) =>
    is(asked, method, path) ? { status, headers: JSON_HEADERS(), body: bytesOf(content ?? "") } : pass(asked);

/** Other members than were sent; what is no JSON object stays. */
export const rewriting = (
  method: string,
  path: RegExp,
  change: (members: Record<string, unknown>) => object,
) =>
  asking((asked) => {
    const members = jsonOf<Record<string, unknown>>(asked);
    const isObject = textOf(asked).startsWith("{") && Object.keys(members).length > 0;
    return isObject && is(asked, method, path) ? { body: bytesOf(change(members)) } : undefined;
  });

export const withStatus = (from: number, to: number) =>
  answering((told) => (told.status === from ? { status: to } : undefined));
