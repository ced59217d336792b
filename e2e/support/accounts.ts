import { randomUUID } from "node:crypto";
import { hashPassword } from "@/lib/auth/passwords/hash";
import { issueRefreshToken } from "@/lib/auth/refresh-tokens";
import { uuidv7 } from "@/lib/uuid";
import { type Answer, type Api, anAddress, apiOf, test as base } from "../fixtures";
import { query } from "./database";
import { linkIn, type Mail } from "./mailbox";
import { type Server, startServer } from "./server";

export const PASSWORD = "seven grey herons at noon";
export const OTHER_PASSWORD = "nine slow trams by the canal";

export const anEmail = () => `ada.${randomUUID()}@example.org`;

/** What somebody holds who is signed in, and where they are. */
export type Device = {
  address: string;
  /** With the access token. */
  api: Api;
  /** From the same place, without a token. */
  open: Api;
  accessToken: string;
  refreshToken: string;
  /** The one of 24 hours. */
  token: string;
  sessionId: string;
};

export type Member = Device & {
  id: string;
  email: string;
  password: string;
  /** On another device, which is somewhere else unless it is told where. */
  signIn(at?: { server?: Server; address?: string; password?: string }): Promise<Device>;
};

type Fixtures = {
  /** Somebody who has just signed up, for this test alone. */
  member: Member;
  newMember: (account?: { email?: string; password?: string }) => Promise<Member>;
};

export const test = base.extend<Fixtures, { second: Server }>({
  /** Another process on the same database. */
  second: [
    async ({ server, mailbox, driver }, use) => {
      const environment = { SMTP_URL: mailbox.url };
      const second = await startServer({ databaseUrl: server.databaseUrl, driver, environment });
      await use(second);
      await second.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  newMember: async ({ server }, use) => use((account) => signUp(server, account)),

  member: async ({ newMember }, use) => use(await newMember()),
});

async function signUp(
  server: Server,
  { email = anEmail(), password = PASSWORD }: { email?: string; password?: string } = {},
): Promise<Member> {
  const address = anAddress();
  const body = { email, password, name: "Ada" };
  const answer = await apiOf(server, { address })("POST", "/api/v1/auth/signup", { body });
  return {
    ...deviceOf(server, answer, address),
    id: answer.body.data.user_id,
    email,
    password,
    signIn: async ({ server: at = server, address = anAddress(), password: given = password } = {}) => {
      const body = { email, password: given };
      return deviceOf(at, await apiOf(at, { address })("POST", "/api/v1/auth/signin", { body }), address);
    },
  };
}

function deviceOf(server: Server, { status, body }: Answer, address: string): Device {
  if (status > 201) throw new Error(`Nobody was signed in: ${status} ${body.detail}`);
  const { access_token: accessToken, refresh_token: refreshToken, token = "", session_id } = body.data;
  return {
    address,
    api: apiOf(server, { token: accessToken, address }),
    open: apiOf(server, { address }),
    accessToken,
    refreshToken,
    token,
    sessionId: session_id,
  };
}

export const refreshWith = (api: Api, refresh_token: string) =>
  api("POST", "/api/v1/auth/refresh", { body: { refresh_token } });

/** The first refresh token of a session that was opened behind the server's back. */
export const firstTokenOf = (sessionId: string) => issueRefreshToken({ sessionId, generation: 0 });

/** As if the device had signed in so long ago, and had come back since: an access token that says so. */
export async function signedInAgo(server: Server, device: Device, seconds: number): Promise<Api> {
  await query(
    server.databaseUrl,
    "update sessions set authenticated_at = authenticated_at - make_interval(secs => $2) where id = $1",
    [device.sessionId, seconds],
  );
  const { body } = await refreshWith(device.open, device.refreshToken);
  return apiOf(server, { token: body.data.access_token, address: device.address });
}

/** The secret of a mailed link. */
export function secretIn(mail: Pick<Mail, "subject" | "text">): string {
  const secret = new URL(linkIn(mail)).searchParams.get("token");
  if (!secret) throw new Error("The link holds no secret.");
  return secret;
}

/** Whether the credentials of a device open anything: a session is alive or dead with all that belongs to it. */
export async function livesOf(server: Server, { accessToken, token, refreshToken }: Device) {
  const statusOf = async (bearer: string, path: string) =>
    (await apiOf(server, { token: bearer })("GET", path)).status;
  return {
    access: await statusOf(accessToken, "/api/v1/tasks"),
    legacy: await statusOf(token, "/api/v1/tasks"),
    sensitive: await statusOf(accessToken, "/api/v1/auth/me"),
    refresh: (await refreshWith(apiOf(server), refreshToken)).status,
  };
}

export const ALIVE = { access: 200, legacy: 200, sensitive: 200, refresh: 200 };
export const DEAD = { access: 401, legacy: 401, sensitive: 401, refresh: 401 };

/** The kinds of what happened to somebody, in order. */
export async function eventsOf(server: Server, userId: string): Promise<string[]> {
  const rows = await query<{ kind: string }>(
    server.databaseUrl,
    "select kind from security_events where user_id = $1 order by id",
    [userId],
  );
  return rows.map(({ kind }) => kind);
}

/** Somebody with a password, or with none, whom no sign-up made. */
export async function insertMember(
  { databaseUrl }: Pick<Server, "databaseUrl">,
  { email = anEmail(), password }: { email?: string; password?: string | null } = {},
): Promise<{ id: string; email: string }> {
  const id = uuidv7();
  await query(
    databaseUrl,
    `with person as (insert into users (id, email, name) values ($1, $2, 'Ada') returning id),
     space as (insert into spaces (id, owner_id) select id, id from person)
     insert into passwords (user_id, hash) select id, $3 from person where $3::text is not null`,
    [id, email, password ? await hashPassword(password) : null],
  );
  return { id, email };
}

/** As a client does that is told to come again: on a busy machine passwords wait for their turn in vain. */
export async function patiently(ask: () => Promise<Answer>): Promise<Answer> {
  const answer = await ask();
  return answer.status === 503 ? patiently(ask) : answer;
}
