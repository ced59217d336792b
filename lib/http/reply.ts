import type { HeaderRecord } from "@/lib/http/headers";

export type ReplyExtras = {
  status?: 200 | 201 | 204;
  headers?: Readonly<HeaderRecord>;
  /** With its quotes. */
  etag?: string;
};

export class Reply<T> {
  readonly data: T;
  readonly extras: ReplyExtras;

  constructor(data: T, extras: ReplyExtras) {
    this.data = data;
    this.extras = extras;
  }
}

/** For the handler that has more to say than its data and more than its policy says already. */
export const reply = <T>(data: T, extras: ReplyExtras) => new Reply(data, extras);
