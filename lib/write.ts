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
  /** The change that it is, for undo: null until something was written. Several writes of one request share it. */
  changeId: string | null;
  /** What the writes of one request are to be one change under. */
  readonly groupId?: string;
  isReplay: boolean;
};
