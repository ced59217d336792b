import { randomBytes } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { createTransport, type SendMailOptions } from "nodemailer";

const FOLDER = ".data/outbox";

const composer = createTransport({ streamTransport: true, buffer: true, newline: "windows" });

/** What any mail program opens. It holds a link that lets its reader in, so nobody else may read it. */
export async function writeToOutbox(mail: SendMailOptions): Promise<string> {
  const { message } = await composer.sendMail(mail);
  const time = new Date().toISOString().replaceAll(":", "-");
  const name = `${time}-${randomBytes(4).toString("hex")}.eml`;
  const draft = `${FOLDER}/.${name}`;
  await mkdir(FOLDER, { recursive: true, mode: 0o700 });
  await writeFile(draft, message, { mode: 0o600, flag: "wx" });
  await rename(draft, `${FOLDER}/${name}`);
  return `${FOLDER}/${name}`;
}
