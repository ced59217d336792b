import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { processWide } from "@/lib/process-wide";
import { writeToOutbox } from "./outbox";
import { openSmtp } from "./smtp";

export type Message = {
  to: string;
  subject: string;
  text: string;
  /** What the reader is asked to open; printed when the message stays on this machine. */
  link?: string;
};

/** Returns once the mail server has it. Use it in the background: a mail server may take seconds. */
export async function sendMail({ to, subject, text, link }: Message): Promise<void> {
  requireAddress(to);
  requireOneLine(subject, env.MAIL_FROM);
  const mail = {
    from: env.MAIL_FROM,
    to: { name: "", address: to },
    subject,
    text,
    headers: { "Auto-Submitted": "auto-generated" },
  };
  const url = env.SMTP_URL;
  if (url) return processWide("smtp", () => openSmtp(url)).send(mail);
  if (env.VERCEL) return log.error("Mail is not sent: SMTP_URL is not set.");
  const file = await writeToOutbox(mail);
  log.info({ link, file }, "Mail was written to a file: SMTP_URL is not set.");
}

/** One address and nothing else: what separates addresses or ends a header is no part of one. */
const ADDRESS = /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()[\]\\,;:"@]+$/u;

function requireAddress(text: string): void {
  if (!ADDRESS.test(text)) throw new Error("A mail was refused: what it is sent to is no address.");
}

function requireOneLine(...values: string[]): void {
  if (values.some((value) => /\p{Cc}/u.test(value)))
    throw new Error("A mail was refused: a header of it has a line break or another control character.");
}
