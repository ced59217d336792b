import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { openMailbox } from "@/e2e/support/mailbox";
import { describeError } from "@/lib/log";
import { openSmtp } from "./smtp";

const mail = { from: "a@example.org", to: "b@example.org", subject: "Hello", text: "Hello" };

const ENCRYPTED = { disabledCommands: ["AUTH"] };

const opened: { close(): unknown }[] = [];
afterAll(() => Promise.all(opened.map((each) => each.close())));

async function mailboxWith(options?: Parameters<typeof openMailbox>[0]) {
  const mailbox = await openMailbox(options);
  opened.push(mailbox);
  return mailbox;
}

function smtpTo(url: string) {
  const smtp = openSmtp(url);
  opened.push(smtp);
  return smtp;
}

async function failureOf(url: string) {
  const startedAt = performance.now();
  const error = await smtpTo(url)
    .send(mail)
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  return { ...describeError(error), ms: performance.now() - startedAt };
}

/** To the mail server this is another host than its own machine, though it is not. */
const afar = (url: string, rest = "") => `${url.replace("127.0.0.1", "0.0.0.0")}${rest}`;

/** Takes connections and leaves them to `answer`. */
async function serverThat(answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    answer(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  opened.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  const address = server.address();
  return `127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
}

const DISTRUST = {
  error_message: expect.stringMatching(
    /could not be used: (self-signed certificate|certificate has expired)$/,
  ),
};

describe("TLS", () => {
  test("a certificate that nobody vouches for is refused, after STARTTLS and at once", async () => {
    const later = await mailboxWith(ENCRYPTED);
    const atOnce = await mailboxWith({ ...ENCRYPTED, secure: true });
    expect(await failureOf(afar(later.url))).toMatchObject(DISTRUST);
    expect(await failureOf(afar(atOnce.url).replace("smtp:", "smtps:"))).toMatchObject(DISTRUST);
    expect([...later.messages(), ...atOnce.messages()]).toEqual([]);
  });

  test("the URL cannot turn the check off", async () => {
    const mailbox = await mailboxWith(ENCRYPTED);
    expect(await failureOf(afar(mailbox.url, "?tls.rejectUnauthorized=false"))).toMatchObject(DISTRUST);
    expect(mailbox.messages()).toEqual([]);
  });

  test("a server elsewhere that offers no TLS is given nothing, unless the URL says so", async () => {
    const mailbox = await mailboxWith();
    expect(await failureOf(afar(mailbox.url))).toMatchObject({ cause_code: "ETLS" });
    expect(mailbox.messages()).toEqual([]);
    await smtpTo(afar(mailbox.url, "?ignoreTLS=true")).send(mail);
    expect(mailbox.messages()).toHaveLength(1);
  });

  test("on this machine a certificate that nobody vouches for does not matter", async () => {
    const mailbox = await mailboxWith(ENCRYPTED);
    await smtpTo(mailbox.url).send(mail);
    expect(mailbox.messages()).toHaveLength(1);
  });
});

describe.concurrent("a server that is not well", () => {
  test("one that is down fails at once", async () => {
    const mailbox = await openMailbox();
    await mailbox.close();
    const { ms, ...failure } = await failureOf(mailbox.url);
    expect(failure).toMatchObject({
      cause_code: "ESOCKET",
      error_message: expect.stringMatching(/^The mail server could not be used: connect ECONNREFUSED/),
    });
    expect(ms).toBeLessThan(1_000);
  });

  test.each([
    ["greets nobody", "smtp", () => {}, 4_500, 6_500],
    ["begins no TLS", "smtps", () => {}, 4_500, 6_500],
    ["greets and says no more", "smtp", (socket: Socket) => void socket.write("220 hello\r\n"), 7_500, 9_500],
  ])("one that %s fails after seconds", async (_what, protocol, answer, minMs, maxMs) => {
    const { ms, ...failure } = await failureOf(`${protocol}://${await serverThat(answer)}`);
    expect(failure).toMatchObject({ cause_code: "ETIMEDOUT" });
    expect(ms).toBeGreaterThan(minMs);
    expect(ms).toBeLessThan(maxMs);
  });

  test("one that hangs up is tried a few times and not for ever", async () => {
    let connections = 0;
    const host = await serverThat((socket) => {
      connections += 1;
      socket.end();
    });
    expect(await failureOf(`smtp://${host}`)).toHaveProperty("error_message");
    await wait(500);
    expect(connections).toBeLessThanOrEqual(2);
  });

  test("a connection that was idle for too long is replaced without anybody noticing", async () => {
    const mailbox = await mailboxWith();
    const smtp = smtpTo(mailbox.url);
    await smtp.send(mail);
    await wait(8_500);
    await smtp.send(mail);
    expect(mailbox.messages()).toHaveLength(2);
  });

  test("one that was started again is found again", async () => {
    const former = await openMailbox();
    const smtp = smtpTo(former.url);
    await smtp.send(mail);
    await former.close();
    await expect(smtp.send(mail)).rejects.toThrow("could not be used");
    const mailbox = await mailboxWith({ port: Number(new URL(former.url).port) });
    await smtp.send(mail);
    expect(mailbox.messages()).toHaveLength(1);
  });
});

test("a user and a password of the URL may hold any character", async () => {
  const seen: unknown[] = [];
  const mailbox = await mailboxWith({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) => {
      seen.push({ username, password });
      done(null, { user: username });
    },
  });
  await smtpTo(mailbox.url.replace("//", "//ada%40example.org:p%3Ass%2Fw%25@")).send(mail);
  expect(seen).toEqual([{ username: "ada@example.org", password: "p:ss/w%" }]);
});
