export type Idempotency = {
  readonly key: string;
  /** SHA-256 of the method, the path and the body's bytes: the same request has the same. */
  readonly fingerprint: Uint8Array;
};

/** What a request demands of the write that it causes, and what that write tells the response. */
export type Write = {
  /** The versions that may be written over; null for any. */
  readonly ifMatch: readonly number[] | null;
  readonly idempotency: Idempotency | null;
  changeId: string | null;
  isReplay: boolean;
};
