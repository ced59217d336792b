import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "@/lib/db/client";
import { isUnavailable } from "@/lib/db/failures";
import { clusterUrl } from "../support/database";
import { CERTIFICATE, openTlsFront } from "../support/tls-front";

/** Leads to this machine without being one of its loopback names, so it is treated as a remote host. */
const ELSEWHERE = "0.0.0.0";

const rootOf = (error: unknown): Error | undefined =>
  error instanceof Error ? (rootOf(error.cause) ?? error) : undefined;

describe("TLS", () => {
  let folder: string;
  const warnings: Error[] = [];
  const warn = (warning: Error) => warnings.push(warning);
  let front: Awaited<ReturnType<typeof openTlsFront>>;

  beforeAll(async () => {
    process.on("warning", warn);
    const { hostname, port } = new URL(clusterUrl());
    front = await openTlsFront({ host: hostname, port: Number(port) });
    folder = await mkdtemp(join(tmpdir(), "fourfold-tls-"));
    await writeFile(join(folder, "ca.pem"), CERTIFICATE);
  });
  afterAll(async () => {
    process.off("warning", warn);
    await front.close();
    await rm(folder, { recursive: true });
  });

  /** The answer, or the code or message of what was wrong with the connection. */
  const ask = async (host: string, port: number, query = "") => {
    const url = new URL(clusterUrl());
    url.hostname = host;
    url.port = String(port);
    url.search = query;
    const database = connect({
      url: url.toString(),
      poolMax: 1,
      connectTimeoutMs: 2_000,
      statementTimeoutMs: 2_500,
    });
    try {
      return (await database.db.execute(sql`select 1 as one`)).rows;
    } catch (error) {
      expect(isUnavailable(error)).toBe(true);
      const root = rootOf(error);
      return root && "code" in root ? root.code : root?.message;
    } finally {
      await database.close();
    }
  };

  const plainPort = () => Number(new URL(clusterUrl()).port);
  const trusted = () => `sslrootcert=${join(folder, "ca.pem")}`;

  test.each(["", "sslmode=require", "sslmode=verify-ca", "sslmode=no-verify"])(
    "a certificate that nobody trusts is refused, with %j too",
    async (query) => {
      expect(await ask(ELSEWHERE, front.port, query)).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
    },
  );

  test("a certificate that sslrootcert trusts is accepted", async () => {
    expect(await ask(ELSEWHERE, front.port, trusted())).toEqual([{ one: 1 }]);
  });

  test("a trusted certificate of another host is refused", async () => {
    expect(await ask("0", front.port, trusted())).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
  });

  test("a remote server without TLS is refused, unless sslmode=disable allows it", async () => {
    expect(await ask(ELSEWHERE, plainPort())).toBe("The server does not support SSL connections");
    expect(await ask(ELSEWHERE, plainPort(), "sslmode=disable")).toEqual([{ one: 1 }]);
  });

  test("this machine needs none, whatever sslmode says", async () => {
    expect(await ask("127.0.0.1", plainPort(), "sslmode=require")).toEqual([{ one: 1 }]);
  });

  test("no sslmode makes the driver print a warning", async () => {
    await ask(ELSEWHERE, front.port, "sslmode=require");
    await new Promise(setImmediate);
    expect(warnings).toEqual([]);
  });
});
