import { createDatabase } from "./database";

/** The API's own route handlers on a database of their own, as something to fetch from. Before anything reads the environment. */
export async function openApi() {
  const home = await createDatabase();
  Object.assign(process.env, { DATABASE_URL: home.url, RATE_LIMIT_PER_MINUTE: "1000000" });
  const { manifest } = await import("@/server/manifest");
  const { database } = await import("@/lib/db/client");
  const { createPerson } = await import("../factories");
  const { log } = await import("@/lib/log");
  log.level = "fatal";

  async function fetchApi(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(new URL(String(input), "http://127.0.0.1"), init);
    const path = new URL(request.url).pathname;
    for (const { pattern, methods } of manifest) {
      const params = match(pattern, path);
      const target = Object.entries(methods).find(([method]) => method === request.method)?.[1];
      if (params && target) return target(request, { params });
    }
    throw new Error(`There is no ${request.method} ${path}.`);
  }

  return {
    fetch: fetchApi,
    databaseUrl: home.url,
    person: () => createPerson(home.url),
    close: async () => {
      await database().close();
      await home.drop();
    },
  };
}

export type InProcessApi = Awaited<ReturnType<typeof openApi>>;

function match(pattern: string, path: string): Record<string, string> | undefined {
  const names = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const found = new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, "([^/]+)")}$`).exec(path);
  return found ? Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ""])) : undefined;
}
