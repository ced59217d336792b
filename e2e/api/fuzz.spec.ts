import { Agent, request } from "node:http";
import fc from "fast-check";
import { expect, test } from "../fixtures";
import { KNOWN_IDS } from "../support/odd-bodies";
import { ENDPOINTS, type OddRequest, oddRequests, TOKEN } from "../support/odd-requests";

const PARALLEL = 8;
const ROUNDS = 630;
const LIMITS = { interruptAfterTimeLimit: 90_000, markInterruptAsFailure: true, endOnFailure: true };

const STATUSES = [200, 201, 202, 204, 304, 400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 429];
/** Not of the API, ends the session of who tries it, or serves two at a time. */
const LEFT_OUT = /^\/api\/(auth|cron)\/|\/auth\/(signout|me)$|\/export$/;
/** What answers without the envelope. */
const BARE = /^\/health|^\/api\/v1\/openapi\.json/;
const SORTS = ["created_at", "updated_at", "due_datetime", "priority", "title", "position"];

type Received = { status: number; headers: Record<string, unknown>; text: string };

function send(url: string, token: string, agent: Agent, odd: OddRequest): Promise<Received> {
  const headers: Record<string, string | number> = { ...odd.headers };
  headers.authorization = String(headers.authorization).replace(TOKEN, token);
  if (odd.isChunked) headers["transfer-encoding"] = "chunked";
  else if (odd.body) headers["content-length"] = odd.body.length;
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const { method, path } = odd;
    const sent = request({ hostname, port, method, path, headers, agent }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sent.on("error", reject);
    sent.end(odd.body ?? undefined);
  });
}

/** What is wrong with an answer, by the contract. */
function complaint({ method, path }: OddRequest, { status, headers, text }: Received): string | undefined {
  if (!STATUSES.includes(status)) return "the status";
  const requestId = headers["x-request-id"];
  if (!/^[A-Za-z0-9._-]{1,128}$/.test(String(requestId ?? ""))) return "the request id";
  if (method === "HEAD" || [202, 204, 304].includes(status)) return text && "a body";
  const body = JSON.parse(text);
  const isSuccess = status < 300;
  if (headers["content-type"] !== `application/${isSuccess ? "json" : "problem+json"}`) return "the type";
  if (isSuccess) return BARE.test(path) || (body.success && body.data) ? undefined : "the envelope";
  const told = [body.type, body.title, body.detail, body.code];
  if (!told.every((part) => part && typeof part === "string")) return "the problem";
  if (body.status !== status || body.request_id !== requestId || body.success !== false) return "the problem";
  if (status === 401 && headers["www-authenticate"] !== "Bearer") return "no WWW-Authenticate";
  return status === 405 && !headers.allow ? "no Allow" : undefined;
}

/** A command that sends it again; the token is the reader's. */
function repeatable(url: string, { method, path, headers, body, isChunked }: OddRequest): string {
  const quote = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;
  const given = isChunked ? { ...headers, "transfer-encoding": "chunked" } : headers;
  const lines = Object.entries(given).map(
    ([name, value]) => `-H ${quote(value ? `${name}: ${value}` : `${name};`)}`,
  );
  const bytes = body && `base64 -d <<< ${Buffer.from(body).toString("base64")} | `;
  const sent = body ? "--data-binary @- " : "";
  return `${bytes ?? ""}curl -i --path-as-is -X ${method} ${lines.join(" ")} ${sent}${quote(url + path)}`;
}

test.describe("no input makes a 500", () => {
  test.setTimeout(120_000);

  test(`every answer of ${PARALLEL * ROUNDS} odd requests is one of the contract's`, async ({
    user,
    server,
  }) => {
    for (const id of KNOWN_IDS) await user.api("POST", "/api/v1/tasks", { body: { id, title: id } });
    const cursors: Record<string, string> = {};
    for (const sort of SORTS) {
      const { body } = await user.api("GET", `/api/v1/tasks?limit=1&sort_by=${sort}`);
      cursors[sort] = body.data.next_cursor ?? "";
    }
    const agent = new Agent({ keepAlive: true, maxSockets: PARALLEL });
    const seen = new Set<number>();
    const probe = async (odd: OddRequest) => {
      const fail = (what: unknown) => {
        throw new Error(`${what}: ${repeatable(server.url, odd)}`);
      };
      const received = await send(server.url, user.token, agent, odd).catch(fail);
      seen.add(received.status);
      const wrong = complaint(odd, received);
      if (wrong) fail(`${wrong} of ${JSON.stringify(received)}`);
    };
    const allowed: Record<string, string[]> = {};
    for (const endpoint of ENDPOINTS.filter((path) => !LEFT_OUT.test(path))) {
      const { headers } = await user.api("OPTIONS", endpoint);
      allowed[endpoint] = headers.get("allow")?.split(", ") ?? ["GET"];
    }
    const batch = fc.array(oddRequests(allowed, cursors), { minLength: PARALLEL, maxLength: PARALLEL });
    const holds = async (requests: OddRequest[]) => {
      const outcomes = await Promise.allSettled(requests.map(probe));
      for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
    };
    await fc.assert(fc.asyncProperty(batch, holds), { ...LIMITS, numRuns: ROUNDS });
    agent.destroy();
    expect([...seen]).toEqual(
      expect.arrayContaining([200, 201, 204, 400, 401, 404, 405, 409, 413, 415, 422]),
    );
  });
});
