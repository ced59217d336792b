import type { NextAuthConfig } from "next-auth";
import GitHub from "next-auth/providers/github";
import Google from "next-auth/providers/google";
import { type Provider, providers } from "./providers";

type AuthProvider = NextAuthConfig["providers"][number];

/** What a provider says of a person, as far as we keep it. */
export type ProviderUser = {
  id: string;
  name: string | null;
  email: string | null;
  isEmailVerified: boolean;
  provider: Provider["id"];
};

type OpenIdProfile = {
  sub: string;
  name?: unknown;
  email?: unknown;
  email_verified?: unknown;
};

const textOf = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? value.trim() : null);

const openIdUser =
  (provider: Provider["id"]) =>
  ({ sub, name, email, email_verified }: OpenIdProfile): ProviderUser => ({
    id: sub,
    name: textOf(name),
    email: textOf(email),
    isEmailVerified: email_verified === true,
    provider,
  });

/** The provider's tokens are not ours to keep: nothing here calls it again. */
const account = () => undefined;

const STATEFUL = ["pkce", "state"] satisfies ("pkce" | "state" | "nonce")[];
const OPENID = [...STATEFUL, "nonce"] satisfies ("pkce" | "state" | "nonce")[];

const BUILDERS: Record<Provider["id"], (provider: Provider) => AuthProvider> = {
  github: ({ clientId, clientSecret }) =>
    GitHub({
      clientId,
      clientSecret,
      checks: STATEFUL,
      account,
      // GitHub does not say here whether the address was ever verified.
      profile: ({ id, name, login, email }) => ({
        id: String(id),
        name: name ?? login,
        email,
        isEmailVerified: false,
        provider: "github",
      }),
    }),
  google: ({ clientId, clientSecret }) =>
    Google({ clientId, clientSecret, checks: OPENID, account, profile: openIdUser("google") }),
  oidc: ({ id, name, clientId, clientSecret, issuer }) => ({
    id,
    name,
    type: "oidc",
    issuer,
    clientId,
    clientSecret,
    checks: OPENID,
    account,
    profile: openIdUser(id),
  }),
};

export const oauthProviders = providers.map((provider) => BUILDERS[provider.id](provider));
