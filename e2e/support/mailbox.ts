import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** `to` is who it was delivered to, whatever its header says. */
export type Mail = Pick<Email, "from" | "headers"> & { to: string[]; subject: string; text: string };

export type Mailbox = Awaited<ReturnType<typeof openMailbox>>;

type Mood = "takes" | "refuses" | "hangs";

const PATIENCE_MS = 5_000;

/** A mail server that keeps what it is sent. */
export async function openMailbox({
  port: wanted = 0,
  ...options
}: SMTPServerOptions & { port?: number } = {}) {
  const mails: Mail[] = [];
  const read = new Set<Mail>();
  let mood: Mood = "takes";
  const server = new SMTPServer({
    closeTimeout: 1,
    disableReverseLookup: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    ...options,
    onConnect: (_session, done) => mood !== "hangs" && done(),
    onRcptTo: ({ address }, _session, done) => {
      if (mood === "refuses") done(Object.assign(new Error(`<${address}>: unknown`), { responseCode: 550 }));
      else if (mood === "takes") done();
    },
    onData: (stream, { envelope }, done) => {
      const to = envelope.rcptTo.map(({ address }) => address);
      const keep = async () => void mails.push(await parse(await buffer(stream), to));
      keep().then(() => done(), done);
    },
  });
  server.on("error", () => {});
  const { port } = await listen(server, wanted);
  const unread = (to: string, subject?: string) =>
    mails.find((mail) => !read.has(mail) && mail.to.includes(to) && (!subject || mail.subject === subject));
  return {
    url: `smtp://127.0.0.1:${port}`,
    messages: (): readonly Mail[] => mails,
    /** The next one that was not asked for before; waits for it. */
    mailTo: async (to: string, { subject }: { subject?: string } = {}): Promise<Mail> => {
      const endsAt = performance.now() + PATIENCE_MS;
      let mail = unread(to, subject);
      for (; !mail && performance.now() < endsAt; mail = unread(to, subject)) await wait(10);
      if (!mail) throw new Error(`No ${subject ?? "mail"} came to ${to}. There is: ${listOf(mails)}`);
      read.add(mail);
      return mail;
    },
    /** What it does with mail from now on: refuses every reader, or stops answering. */
    turn: (next: Mood) => {
      mood = next;
    },
    close: () => new Promise<void>((done) => server.close(done)),
  };
}

async function listen(server: SMTPServer, wanted: number): Promise<{ port: number }> {
  await once(server.listen(wanted, "127.0.0.1"), "listening");
  const address = server.server.address();
  if (typeof address !== "object" || !address) throw new Error("The mail server listens on no port.");
  return address;
}

async function parse(source: Uint8Array, to: string[]): Promise<Mail> {
  const { from, headers, subject = "", text = "" } = await PostalMime.parse(source);
  return { from, headers, to, subject, text };
}

const listOf = (mails: readonly Mail[]) =>
  mails.map(({ to, subject }) => `${to.join()}: ${subject}`).join("; ") || "none";

/** What its reader is asked to open. */
export function linkIn({ subject, text }: Pick<Mail, "subject" | "text">): string {
  const [link] = text.match(/^https?:\/\/\S+$/m) ?? [];
  if (!link) throw new Error(`"${subject}" has no link.`);
  return link;
}
