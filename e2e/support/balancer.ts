import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

const CHECK_MS = 100;
const CHECK_PATIENCE_MS = 1_000;

/** Sends each request to one of those that say they are ready, in turn, and never a second time. */
export async function openBalancer(urls: readonly string[]) {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set<string>();
  let isOpen = true;
  let turn = 0;
  const watching = urls.map(async (url) => {
    while (isOpen) {
      if (await saysReady(url)) ready.add(url);
      else ready.delete(url);
      await sleep(CHECK_MS);
    }
  });
  const server = createServer((incoming, outgoing) => {
    turn += 1;
    const target = [...ready][turn % ready.size];
    if (target) forward(agent, target, incoming, outgoing);
    else outgoing.writeHead(502).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    ready: () => [...ready],
    close: async () => {
      isOpen = false;
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await Promise.all(watching);
    },
  };
}

function saysReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(CHECK_PATIENCE_MS) }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );
}

function forward(agent: Agent, target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { connection: _, ...headers } = incoming.headers;
  const onward = request(
    `${target}${incoming.url}`,
    { agent, method: incoming.method, headers },
    (answer) => {
      const { connection: _, "keep-alive": __, ...rest } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 502, rest);
      pipeline(answer, outgoing, () => {});
    },
  );
  onward.on("error", () => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end();
  });
  incoming.pipe(onward);
}
