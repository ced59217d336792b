import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { pipeline } from "node:stream";
import { TLSSocket } from "node:tls";

/** Signed by itself, for the address 0.0.0.0 and these tests only. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBZTCCAQqgAwIBAgIBATAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA1mb3VyZm9s
ZC10ZXN0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAYMRYwFAYD
VQQDDA1mb3VyZm9sZC10ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEpSSA
ejO81WyFA75c0kXwOLXbJh2LyzqpfkIMjc2/CbtrlPivwEc3cTkaKqwrJ8FIKhDa
ONQUoT/WRNpBRWt1Z6NDMEEwDwYDVR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwQA
AAAAMB0GA1UdDgQWBBQQgqkwh8te5qAMWimbKgT3vi2hfDAKBggqhkjOPQQDAgNJ
ADBGAiEAv+xxtt4WQzeRj/7KlJXEFdRVe9lZG+WLY6cVE58rje0CIQDK+uE/kADI
aGSwGO5LpqxY7+9QU030lnNyABjnvoxvCQ==
-----END CERTIFICATE-----
`;

const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgcfLFgy2wAWkVJJ8R
8vCr/ijAziuKas0eV0R/ybtsgSChRANCAASlJIB6M7zVbIUDvlzSRfA4tdsmHYvL
Oql+QgyNzb8Ju2uU+K/ARzdxORoqrCsnwUgqENo41BShP9ZE2kFFa3Vn
-----END PRIVATE KEY-----
`;

/** PostgreSQL's way of beginning TLS, in front of a server that has none: a request, a yes, then the handshake. */
export async function openTlsFront(target: { host: string; port: number }) {
  const sockets = new Set<Socket>();
  const server = createServer(async (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    await once(socket, "data");
    socket.write("S");
    const inside = new TLSSocket(socket, { isServer: true, cert: CERTIFICATE, key: KEY });
    const outside = connect(target);
    pipeline(inside, outside, inside, () => socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
