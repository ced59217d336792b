import { createTransport, type SendMailOptions } from "nodemailer";
import { isLoopback } from "@/lib/env";

const CONNECT_TIMEOUT_MS = 5_000;
/** Also how long an idle connection is kept: shorter than any server does, so that none is used that is dead. */
const SILENCE_TIMEOUT_MS = 8_000;

/**
 * TLS is verified for every host but this machine, and nothing in the URL turns that off. `?ignoreTLS=true` is for a
 * server without TLS on a private network.
 */
export function openSmtp(url: string) {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  const isPlain = isLoopback(hostname) || searchParams.get("ignoreTLS") === "true";
  const transport = createTransport({
    ...pool,
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port ? Number(port) : undefined,
    secure: protocol === "smtps:",
    ignoreTLS: isPlain,
    requireTLS: !isPlain,
    auth: username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined,
  });
  return {
    send: async (mail: SendMailOptions): Promise<void> => {
      await transport.sendMail(mail).catch(refuse);
    },
    close: () => transport.close(),
  };
}

const pool = {
  pool: true,
  /** Without a limit, a server that hangs up on a message would be given it for ever. */
  maxRequeues: 1,
  dnsTimeout: CONNECT_TIMEOUT_MS,
  connectionTimeout: CONNECT_TIMEOUT_MS,
  greetingTimeout: CONNECT_TIMEOUT_MS,
  socketTimeout: SILENCE_TIMEOUT_MS,
} as const;

type Failure = Error & { code?: string; response?: string; responseCode?: number };

/** What went wrong on the way, as opposed to what the server said: that may repeat the address. */
const ON_THE_WAY = ["EDNS", "ESOCKET", "ETLS", "ETIMEDOUT"];

/** Its message is logged. */
function refuse(cause: Failure): never {
  const { code = "", response, responseCode, message } = cause;
  if (responseCode) throw new Error(`The mail server answered ${responseCode}.`, { cause });
  const why = ON_THE_WAY.includes(code) && !response ? `: ${message}` : ".";
  throw new Error(`The mail server could not be used${why}`, { cause });
}
