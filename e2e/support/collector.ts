import { once } from "node:events";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";

export type Span = {
  scope: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** 2 serves, 3 asks somebody else. */
  kind: number;
  attributes: Record<string, string | number>;
  status: { code?: number; message?: string };
};

type Attribute = { key: string; value: { stringValue?: string; intValue?: number } };

type Sent = {
  resourceSpans: {
    scopeSpans: {
      scope: { name: string };
      spans: (Omit<Span, "attributes"> & { attributes: Attribute[] })[];
    }[];
  }[];
};

/** What an OpenTelemetry collector is to those who send to it. */
export async function openCollector() {
  const spans: Span[] = [];
  const bodies: { type: string; text: string }[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const type = request.headers["content-type"] ?? "";
    const text = (await buffer(request)).toString("latin1");
    bodies.push({ type, text });
    if (type.includes("json")) spans.push(...spansOf(JSON.parse(text)));
    response.writeHead(200, { "content-type": type }).end(type.includes("json") ? "{}" : "");
    for (const look of waiting) look();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The collector does not listen.");

  return {
    url: `http://127.0.0.1:${address.port}`,
    spans,
    bodies,
    /** The span that is looked for, as soon as it is there. */
    until: (isWanted: (span: Span) => boolean) =>
      new Promise<Span>((resolve) => {
        const look = () => {
          const found = spans.find(isWanted);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

const spansOf = ({ resourceSpans }: Sent): Span[] =>
  resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({ ...span, scope: scope.name, attributes: flat(span.attributes) })),
    ),
  );

const flat = (attributes: Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? ""]));
