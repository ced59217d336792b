import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { jwtVerify } from "jose";
import pg from "pg";
import { accessFor } from "@/lib/auth/grants";
import { keysFor } from "@/lib/auth/keys";
import { issueRefreshToken, readRefreshToken } from "@/lib/auth/refresh-tokens";
import { type SessionRow, sessionOf } from "@/lib/auth/session-row";
import { env } from "@/lib/env";
import { decodeSyncToken } from "@/lib/sync/token";
import { readStatements, type Statement } from "./statements";

/**
 * What somebody would write by hand who wants nothing but speed: Node's server, the driver, a signature that is checked, and
 * the same SQL. It validates nothing, limits nothing, logs nothing and knows no errors.
 */
const statements = await readStatements(process.env.CURSOR ?? "");
const pool = new pg.Pool({ connectionString: env.DATABASE_URL, max: env.DATABASE_POOL_MAX });
const { secret } = keysFor("access token").current;

type Asked = { spaceId: string; sessionId: string; id: string; url: URL; body: Record<string, unknown> };

type Said = Parameters<Statement["valuesFor"]>[0];

const run = async ({ name, text, valuesFor }: Statement, said: Said) =>
  (await pool.query({ name, text, values: valuesFor({ groupId: randomUUID(), ...said }) })).rows;

const row = async (statement: Statement, said: Said) => (await run(statement, said))[0].row;

async function answer(method: string, { spaceId, sessionId, id, url, body }: Asked): Promise<unknown> {
  const said = { spaceId, sessionId, id };
  const title = String(body.title);
  const { pathname, searchParams } = url;
  if (pathname === "/api/v1/auth/refresh") return refresh(String(body.refresh_token));
  if (pathname === "/api/v1/sync") {
    const { seq } = decodeSyncToken(spaceId, searchParams.get("token") ?? "");
    return (await run(statements.sync, { spaceId, seq }))[0];
  }
  if (method === "PATCH" && pathname.endsWith("/complete"))
    return row(statements.complete, { ...said, completed: body.completed === true });
  if (method === "PATCH") return row(statements.patch, { ...said, title });
  if (method === "POST") return row(statements.create, { ...said, id: String(body.id), title });
  if (id) return (await run(statements.get_one, said))[0];
  const page = searchParams.has("cursor") ? statements.deep_page : statements.list;
  const rows = await run(page, said);
  return { tasks: rows.slice(0, 50), next_cursor: rows[49].id };
}

async function refresh(token: string): Promise<unknown> {
  const presented = readRefreshToken(token);
  const rows: SessionRow[] = await run(statements.refresh, presented ?? {});
  if (!rows[0]) throw new Error("There is no such session.");
  const session = sessionOf(rows[0]);
  const next = issueRefreshToken({ sessionId: session.id, generation: session.generation });
  return { ...(await accessFor(session)), refresh_token: next };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const url = new URL(request.url ?? "/", "http://floor");
  const id = url.pathname.split("/")[4] ?? "";
  const token = request.headers.authorization?.slice("Bearer ".length);
  const payload = token ? (await jwtVerify(token, secret)).payload : undefined;
  const chunks: Buffer[] = [];
  if (request.method !== "GET") for await (const chunk of request) chunks.push(chunk);
  const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
  return { spaceId: String(payload?.sub), sessionId: String(payload?.sid), id, url, body };
}

createServer(async (request, response) => {
  try {
    const data = await answer(request.method ?? "", await read(request));
    const text = JSON.stringify({ success: true, data });
    response
      .writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) })
      .end(text);
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
}).listen(env.PORT, env.HOST, () => console.log("listening"));
