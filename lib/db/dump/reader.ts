import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { DumpError, damaged, END_OF_ROWS } from "./format";

const CHUNK_BYTES = 256 * 1024;
const LONGEST_LINE_BYTES = 4 * 2 ** 20;

const LAST = Buffer.from(`${END_OF_ROWS}\n`);
const AFTER_ROWS = Buffer.from(`\n${END_OF_ROWS}\n`);

export type Reader = {
  /** The next line, without its end. */
  line(): Promise<string>;
  /** The rows up to their end, in pieces that are whole rows. */
  rows(): AsyncGenerator<Buffer>;
  /** Throws when there is more, or when the sum over everything is wrong. */
  end(): Promise<void>;
  close(): void;
};

/** Unpacks a dump piece by piece, however large it is. */
export function openReader(file: string): Reader {
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
  // What goes wrong with the file is thrown to whoever waits for the next piece.
  pipeline(createReadStream(file), unpacked, () => {});
  const chunks: AsyncIterator<Buffer> = unpacked[Symbol.asyncIterator]();
  let rest = Buffer.alloc(0);

  async function more(): Promise<boolean> {
    const { done, value } = await chunks.next();
    if (!done) rest = Buffer.concat([rest, value]);
    return !done;
  }

  async function need(): Promise<void> {
    if (!(await more())) throw new DumpError(`${file} ends too early: take another one.`);
  }

  async function line(): Promise<string> {
    for (;;) {
      const end = rest.indexOf("\n");
      if (end >= 0) {
        const text = rest.toString("utf8", 0, end);
        rest = rest.subarray(end + 1);
        return text;
      }
      if (rest.length > LONGEST_LINE_BYTES) throw damaged(file);
      await need();
    }
  }

  async function* rows(): AsyncGenerator<Buffer> {
    for (;;) {
      const end = findEnd(rest);
      const cut = end ?? rest.lastIndexOf("\n") + 1;
      const piece = rest.subarray(0, cut);
      rest = rest.subarray(end === undefined ? cut : cut + LAST.length);
      if (piece.length) yield piece;
      if (end !== undefined) return;
      await need();
    }
  }

  async function end(): Promise<void> {
    if (rest.length || (await more())) throw damaged(file);
  }

  return { line, rows, end, close: () => void unpacked.destroy() };
}

function findEnd(rest: Buffer): number | undefined {
  if (rest.subarray(0, LAST.length).equals(LAST)) return 0;
  const found = rest.indexOf(AFTER_ROWS);
  return found < 0 ? undefined : found + 1;
}
