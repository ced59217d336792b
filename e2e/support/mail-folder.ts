import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A folder of its own to work in, where mail is written to. */
export async function openMailFolder() {
  const [former, folder] = [process.cwd(), await mkdtemp(join(tmpdir(), "fourfold-mail-"))];
  process.chdir(folder);
  const outbox = join(folder, ".data/outbox");
  const names = () => readdir(outbox).catch(() => []);
  const read = async () => {
    const files = (await names()).filter((name) => !name.startsWith("."));
    return Promise.all(files.map((name) => readFile(join(outbox, name), "utf8")));
  };
  return {
    /** The messages that an address has got. */
    to: async (address: string) =>
      (await read()).filter((message) => message.includes(`\r\nTo: ${address}\r\n`)),
    close: async () => {
      // What is still being written in the background would go to the folder of the next one.
      let count = -1;
      for (let found = await names(); found.length !== count; found = await names()) {
        count = found.length;
        await sleep(50);
      }
      process.chdir(former);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
