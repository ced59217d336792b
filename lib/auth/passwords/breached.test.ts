import { createHash } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { log } from "@/lib/log";
import { isBreached } from "./breached";

const PASSWORD = "Café seven herons";
const DIGEST = createHash("sha1").update(PASSWORD).digest("hex").toUpperCase();
const [PREFIX, SUFFIX] = [DIGEST.slice(0, 5), DIGEST.slice(5)];
const HIT = `${SUFFIX}:12`;
const line = (index: number, count = 1) => `${index.toString(16).toUpperCase().padStart(35, "0")}:${count}`;

let answer: RequestListener;
let rangeUrl: string;
const requests: { url?: string; headers: string[]; isOver: Promise<void> }[] = [];

const server = createServer((request, response) => {
  const isOver = new Promise<void>((resolve) => response.on("close", resolve));
  requests.push({ url: request.url, headers: request.rawHeaders, isOver });
  answer(request, response);
});

const warn = vi.spyOn(log, "warn");

beforeEach(async () => {
  requests.length = 0;
  warn.mockClear();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  rangeUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/range/`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const answerWith = (text: string) => {
  answer = (_, response) => response.end(text);
};

/** A busy machine may need more than the 500 ms once. */
describe("a list that answers", { retry: 2 }, () => {
  test.each([
    ["among others, with CRLF", [line(1), HIT, line(2)].join("\r\n"), true],
    ["as the last line, with LF", [line(1), HIT].join("\n"), true],
    ["in lower case", HIT.toLowerCase(), true],
    ["not there", [line(1), line(2)].join("\r\n"), false],
    ["there as padding, with a count of 0", [line(1), `${SUFFIX}:0`].join("\r\n"), false],
    ["there without a count", SUFFIX, false],
    ["an empty answer", "", false],
    ["a page of HTML", `<html>${SUFFIX}</html>`, false],
  ])("%s: %#", async (_, text, expected) => {
    answerWith(text);
    expect(await isBreached(PASSWORD, rangeUrl)).toBe(expected);
    expect(warn).not.toHaveBeenCalled();
  });

  test("an answer as long as the longest real ones is read to its end", async () => {
    answerWith([...Array.from({ length: 3_000 }, (_, index) => line(index)), HIT].join("\r\n"));
    expect(await isBreached(PASSWORD, rangeUrl)).toBe(true);
  });

  test("an é composed otherwise is the same password", async () => {
    answerWith(HIT);
    expect(await isBreached(PASSWORD.normalize("NFD"), rangeUrl)).toBe(true);
  });

  test("only the first five digits of the hash leave, and padding is asked for", async () => {
    answerWith(HIT);
    await isBreached(PASSWORD, rangeUrl);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.url).toBe(`/range/${PREFIX}`);
    const headers = requests[0]?.headers.join("\n") ?? "";
    expect(headers).toMatch(/^add-padding\ntrue$/im);
    expect(headers).not.toContain(PREFIX);
    expect(headers).not.toContain(SUFFIX.slice(0, 5));
    expect(headers).not.toContain("herons");
  });
});

const redirectTo = (status: number): RequestListener => {
  return ({ url }, response) =>
    url === "/elsewhere" ? response.end(HIT) : response.writeHead(status, { location: "/elsewhere" }).end();
};

const pourForever: RequestListener = (_, response) => {
  const block = `${line(1)}\r\n`.repeat(1_000);
  const pour = () => {
    while (!response.destroyed && response.write(block));
  };
  response.write(`${HIT}\r\n`);
  response.on("drain", pour);
  pour();
};

const FAULTS: [string, RequestListener][] = [
  ["500", (_, response) => response.writeHead(500).end(HIT)],
  ["404", (_, response) => response.writeHead(404).end(HIT)],
  ["a redirect, which is not followed", redirectTo(302)],
  ["a redirect of the other kind", redirectTo(307)],
  ["silence", () => {}],
  ["silence after half an answer", (_, response) => response.write(`${HIT}\r\n`)],
  ["an answer without an end", pourForever],
  ["a connection that breaks", (request) => request.socket.destroy()],
  ["no HTTP", (request) => request.socket.end(`${HIT}\r\n\r\n`)],
];

describe("a list that does not answer refuses nobody, within 500 ms, and one line tells", () => {
  test.each(FAULTS)("%s", async (_, fault) => {
    answer = fault;
    const before = performance.now();
    expect(await isBreached(PASSWORD, rangeUrl)).toBe(false);
    expect(performance.now() - before).toBeLessThan(900);
    expect(requests).toHaveLength(1);
    await requests[0]?.isOver;
    expectOneLine();
  });

  test("nobody there", async () => {
    await new Promise((resolve) => server.close(resolve));
    expect(await isBreached(PASSWORD, rangeUrl)).toBe(false);
    expectOneLine();
  });

  test("the body of a failure is not waited for", async () => {
    answer = (_, response) => response.writeHead(500).write(HIT);
    const before = performance.now();
    expect(await isBreached(PASSWORD, rangeUrl)).toBe(false);
    await requests[0]?.isOver;
    expect(performance.now() - before).toBeLessThan(450);
  });

  test("an endless answer is cut at its size, before the time is up", async () => {
    answer = pourForever;
    await isBreached(PASSWORD, rangeUrl);
    expect(JSON.stringify(warn.mock.calls)).toContain("262144 bytes");
  });

  function expectOneLine() {
    expect(warn).toHaveBeenCalledTimes(1);
    const logged = JSON.stringify(warn.mock.calls);
    expect(logged).toContain("could not be asked");
    for (const secret of [PASSWORD, "herons", PREFIX, SUFFIX.slice(0, 8)])
      expect(logged.toUpperCase()).not.toContain(secret.toUpperCase());
  }
});

test("without a URL nothing is asked", async () => {
  answerWith(HIT);
  expect(await isBreached(PASSWORD)).toBe(false);
  expect(requests).toEqual([]);
  expect(warn).not.toHaveBeenCalled();
});
