/** What the pipeline reads of a Request, so that a server may hand over less than a whole one. */
export type Incoming = Pick<Request, "method" | "url" | "signal"> & {
  readonly headers: Pick<Headers, "get">;
  readonly body: AsyncIterable<Uint8Array> | null;
};

export type Params = Record<string, string | string[] | undefined>;

/** A response before it is a Response: a server that writes to a socket itself takes it as it is. */
export type Answer = {
  status: number;
  headers: Record<string, string>;
  body: string | AsyncIterable<string> | null;
};

/** Never rejects. */
export type Answering = (request: Incoming, params: Params) => Promise<Answer>;

export type RouteFunction = {
  (request: Request, context?: { params?: Promise<Params> | Params }): Promise<Response>;
  readonly answer: Answering;
};

export function respondWith(answer: Answering): RouteFunction {
  const respond = async (request: Request, context?: { params?: Promise<Params> | Params }) => {
    const { status, headers, body } = await answer(request, (await context?.params) ?? {});
    return new Response(isStream(body) ? toStream(body) : body, { status, headers });
  };
  return Object.assign(respond, { answer });
}

export const withoutBody =
  (answer: Answering): Answering =>
  async (request, params) => {
    const { body, ...rest } = await answer(request, params);
    if (isStream(body)) await body[Symbol.asyncIterator]().return?.();
    return { ...rest, body: null };
  };

const isStream = (body: Answer["body"]): body is AsyncIterable<string> =>
  body !== null && typeof body !== "string";

function toStream(pieces: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await iterator.return?.();
    },
  });
}
