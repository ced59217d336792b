import { type Answer, expectStatus, send, type Wire } from "./client";
import { createPerson, type Person } from "./person";
import type { Device } from "./rule";
import { Skip } from "./verdict";

/** The run could not even begin. */
export class CannotStart extends Error {}

const GUEST_NAME = "Guest of the conformance suite";

export type Credentials = { email: string; password: string };

/** The account that was given: made, if it is not there and the instance lets people in. */
export async function enter(wire: Wire, mark: string, given: Credentials): Promise<Person> {
  const signedIn = await post(wire, "signin", given);
  if (signedIn.status === 200 && !signedIn.body.data?.access_token)
    throw new CannotStart("The sign-in was answered 200, and without an access token.");
  if (signedIn.status === 200) return createPerson(wire, mark, { ...given, isNew: false, signedIn });
  if (signedIn.status !== 401) throw new CannotStart(`The sign-in was answered ${told(signedIn)}.`);
  const joined = await post(wire, "signup", given);
  if (joined.status === 201) return createPerson(wire, mark, { ...given, isNew: true, signedIn: joined });
  throw new CannotStart(reasonOf(joined, given.email));
}

function reasonOf(answer: Answer, email: string): string {
  if (answer.status === 409)
    return `There is an account ${email}, and the password is not its. Give the right one with --password.`;
  if (answer.status === 403)
    return `There is no account ${email} with this password, and nobody may sign up here: have one made by the operator.`;
  return `There is no account ${email} with this password, and signing up was answered ${told(answer)}.`;
}

/** Somebody else, for the rules about what others may see. One that an earlier run left behind is taken over. */
export async function enterGuest(
  wire: Wire,
  mark: string,
  { email, password }: Credentials,
): Promise<Person> {
  const at = email.lastIndexOf("@");
  const guest = { email: `${email.slice(0, at)}+conformance${email.slice(at)}`, password };
  const joined = await post(wire, "signup", { ...guest, name: GUEST_NAME });
  if (joined.status === 201) return createPerson(wire, mark, { ...guest, isNew: true, signedIn: joined });
  if (joined.status !== 409)
    throw new Skip(`a second account is needed: sign-up was answered ${told(joined)}`);
  const signedIn = await post(wire, "signin", guest);
  if (signedIn.status === 200 && signedIn.body.data.name === GUEST_NAME)
    return createPerson(wire, mark, { ...guest, isNew: true, signedIn });
  throw new Skip(`a second account is needed, and ${guest.email} is somebody's already`);
}

/** Whoever knows the password gets another session. */
export async function enterDevice(wire: Wire, { email, password }: Credentials): Promise<Device> {
  const signedIn = expectStatus(await post(wire, "signin", { email, password }), 200);
  const { session_id: id, access_token, refresh_token: refreshToken } = signedIn.body.data;
  return { id, signedIn, refreshToken, ask: createAsk(wire, access_token) };
}

export const createAsk =
  (wire: Wire, token?: string): Device["ask"] =>
  async (expected, method, path, { body, headers } = {}) => {
    const authorization = token && { authorization: `Bearer ${token}` };
    return expectStatus(
      await send(wire, method, path, { body, headers: { ...authorization, ...headers } }),
      expected,
    );
  };

const post = (wire: Wire, endpoint: string, body: object) =>
  send(wire, "POST", `/auth/${endpoint}`, { body });

const told = ({ status, body }: Answer) => `${status}${body.detail ? ` (${body.detail})` : ""}`;
