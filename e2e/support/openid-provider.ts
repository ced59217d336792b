import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import Provider, { type ClientMetadata } from "oidc-provider";

/** Whom the provider knows, by the login: what it says of them is taken from here at the moment of asking. */
export type Person = { sub: string; email?: string; email_verified?: boolean; name?: string };

type Options = { port: number; redirectUri: string; people: ReadonlyMap<string, Person> };

export const CLIENT = { id: "fourfold", secret: "a secret between the two of them" };

/** A real OpenID provider on this machine, with a page to log in at. */
export async function openIdProvider({ port, redirectUri, people }: Options) {
  const issuer = `http://127.0.0.1:${port}`;
  const client: ClientMetadata = {
    client_id: CLIENT.id,
    client_secret: CLIENT.secret,
    redirect_uris: [redirectUri],
  };
  const provider = new Provider(issuer, {
    clients: [client],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ["for this test alone"] },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, login) => {
      const person = people.get(login);
      return person && { accountId: login, claims: () => ({ ...person }) };
    },
  });
  const answer = provider.callback();
  const server = createServer((request, response) => {
    const isOurs = request.url?.startsWith("/interaction/");
    if (isOurs) interact(provider, request, response).catch((error) => response.destroy(error));
    else answer(request, response);
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  return {
    issuer,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  if (request.method === "POST") {
    const login = new URLSearchParams(await text(request)).get("login") ?? "";
    const { params } = await provider.interactionDetails(request, response);
    const grant = new provider.Grant({ accountId: login, clientId: String(params.client_id) });
    grant.addOIDCScope(String(params.scope));
    const result = { login: { accountId: login }, consent: { grantId: await grant.save() } };
    return provider.interactionFinished(request, response, result);
  }
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(`<!doctype html><html lang="en"><title>Provider</title><h1>Provider</h1>
    <form method="post"><label>Login <input name="login"></label><button>Log in</button></form></html>`);
}
