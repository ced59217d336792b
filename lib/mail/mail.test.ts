import { chmod, mkdtemp, readdir, readFile, realpath, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Mailbox, openMailbox } from "@/e2e/support/mailbox";

const LINK = "https://tasks.example.org/verify?token=sentinel";
const message = {
  to: "ada@example.org",
  subject: "Confirm – now",
  text: `Grüße, open\n\n${LINK}\n`,
  link: LINK,
};

/** The module as a process with these variables has it, and the lines that it logs. */
async function load(variables: Record<string, string | undefined>) {
  vi.resetModules();
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const { log } = await import("@/lib/log");
  const { sendMail } = await import("./mail");
  const { inBackground } = await import("@/lib/background");
  const lines: unknown[] = [];
  for (const level of ["trace", "debug", "info", "warn", "error", "fatal"] as const)
    vi.spyOn(log, level).mockImplementation((...line: unknown[]) => void lines.push([level, ...line]));
  return { sendMail, inBackground, lines };
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe("with SMTP_URL", () => {
  let mailbox: Mailbox;
  beforeAll(async () => {
    mailbox = await openMailbox();
  });
  beforeEach(() => mailbox.turn("takes"));
  afterAll(() => mailbox.close());

  const open = () => load({ SMTP_URL: mailbox.url, MAIL_FROM: "Fourfold <tasks@example.org>" });

  test("a message arrives as it was written, and nothing is logged", async () => {
    const { sendMail, lines } = await open();
    await sendMail(message);
    const mail = await mailbox.mailTo("ada@example.org");
    expect(mail).toMatchObject({
      to: ["ada@example.org"],
      subject: message.subject,
      text: message.text,
      from: { name: "Fourfold", address: "tasks@example.org" },
    });
    expect(mail.headers).toContainEqual(expect.objectContaining({ key: "auto-submitted" }));
    expect(lines).toEqual([]);
  });

  test("a process has one pool, however many copies of the module there are", async () => {
    const before = Reflect.get(globalThis, Symbol.for("fourfold.smtp"));
    await (await open()).sendMail(message);
    await mailbox.mailTo("ada@example.org");
    expect(before).toBeDefined();
    expect(Reflect.get(globalThis, Symbol.for("fourfold.smtp"))).toBe(before);
  });

  test("a server that refuses the reader is logged by its status, without the address or the link", async () => {
    const { sendMail, inBackground, lines } = await open();
    mailbox.turn("refuses");
    inBackground(() => sendMail(message));
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    const fields = { cause_code: "EENVELOPE", error_message: "The mail server answered 550." };
    expect(lines).toEqual([["error", expect.objectContaining(fields), "Work in the background failed."]]);
    expect(JSON.stringify(lines)).not.toMatch(/ada|sentinel/);
  });

  test("after a refusal the next message arrives", async () => {
    const { sendMail } = await open();
    const before = mailbox.messages().length;
    mailbox.turn("refuses");
    await expect(sendMail(message)).rejects.toThrow("answered 550");
    mailbox.turn("takes");
    await sendMail(message);
    expect(mailbox.messages()).toHaveLength(before + 1);
  });

  test.each([
    "ada@example.org\r\nBcc: eve@example.org",
    "ada@example.org\nX: y",
    "ada@example.org, eve@example.org",
    "ada@example.org;eve@example.org",
    "Ada <eve@example.org>",
    "<ada@example.org> SIZE=1",
    "ada@example.org\0",
    "ada",
    "",
  ])("what is no single address is refused: %j", async (to) => {
    const { sendMail } = await open();
    const before = mailbox.messages().length;
    await expect(sendMail({ ...message, to })).rejects.toThrow("is no address");
    expect(mailbox.messages()).toHaveLength(before);
  });

  test.each(["a\r\nBcc: eve@example.org", "a\nb", "a\rb", "a\0b"])(
    "a subject with a line break is refused: %j",
    async (subject) => {
      const { sendMail } = await open();
      await expect(sendMail({ ...message, subject })).rejects.toThrow("line break");
    },
  );

  test("a sender's name with a line break is refused", async () => {
    const { sendMail } = await load({
      SMTP_URL: mailbox.url,
      MAIL_FROM: "Four\r\nBcc: eve@example.org <a@b>",
    });
    await expect(sendMail(message)).rejects.toThrow("line break");
  });
});

describe("without SMTP_URL", () => {
  const home = process.cwd();
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(await realpath(tmpdir()), "fourfold-outbox-"));
    await chmod(folder, 0o755);
    process.chdir(folder);
  });
  afterEach(async () => {
    process.chdir(home);
    await rm(folder, { recursive: true });
  });

  const names = () => readdir(".data/outbox").catch(() => []);
  const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

  test("a message becomes a file that a mail program reads, and the log names it and its link", async () => {
    const { sendMail, lines } = await load({ SMTP_URL: undefined, VERCEL: undefined });
    await sendMail(message);
    const [name = ""] = await names();
    expect(name).toMatch(/^\d{4}-\d\d-\d\dT[\d.-]+Z-[0-9a-f]{8}\.eml$/);
    const file = `.data/outbox/${name}`;
    expect(await PostalMime.parse(await readFile(file))).toMatchObject({
      to: [{ address: "ada@example.org" }],
      subject: message.subject,
      text: message.text,
    });
    expect(lines).toEqual([["info", { link: LINK, file }, expect.any(String)]]);
    expect(JSON.stringify(lines)).not.toContain("ada@");
  });

  test("only the owner reads the file and its folder", async () => {
    const mask = process.umask(0);
    const { sendMail } = await load({ SMTP_URL: undefined, VERCEL: undefined });
    await sendMail(message).finally(() => process.umask(mask));
    expect(await modeOf(".data/outbox")).toBe(0o700);
    expect(await modeOf(`.data/outbox/${(await names())[0]}`)).toBe(0o600);
  });

  test("files sort by time, one for each message, and no draft stays", async () => {
    const { sendMail } = await load({ SMTP_URL: undefined, VERCEL: undefined });
    const subjects = ["first", "second", "third"];
    for (const subject of subjects) {
      await sendMail({ ...message, subject });
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    const files = (await names()).sort();
    const mails = await Promise.all(
      files.map(async (name) => PostalMime.parse(await readFile(`.data/outbox/${name}`))),
    );
    expect(mails.map((mail) => mail.subject)).toEqual(subjects);
  });

  test("on Vercel nothing is written or printed but that mail is not sent", async () => {
    const { sendMail, lines } = await load({ SMTP_URL: undefined, VERCEL: "1" });
    await sendMail(message);
    expect(lines).toEqual([["error", "Mail is not sent: SMTP_URL is not set."]]);
    expect(await readdir(".")).toEqual([]);
  });
});
