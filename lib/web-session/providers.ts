import { env, isVercelPreview } from "@/lib/env";

export type Provider = {
  id: "github" | "google" | "oidc";
  name: string;
  clientId: string;
  clientSecret: string;
  issuer: string;
};

type Given = Omit<Provider, "clientId" | "clientSecret" | "issuer"> & {
  clientId: string | undefined;
  clientSecret: string | undefined;
  issuer: string | undefined;
};

const given: Given[] = [
  {
    id: "github",
    name: "GitHub",
    clientId: env.AUTH_GITHUB_ID,
    clientSecret: env.AUTH_GITHUB_SECRET,
    issuer: "https://github.com",
  },
  {
    id: "google",
    name: "Google",
    clientId: env.AUTH_GOOGLE_ID,
    clientSecret: env.AUTH_GOOGLE_SECRET,
    issuer: "https://accounts.google.com",
  },
  {
    id: "oidc",
    name: env.AUTH_OIDC_NAME,
    clientId: env.AUTH_OIDC_ID,
    clientSecret: env.AUTH_OIDC_SECRET,
    issuer: env.AUTH_OIDC_ISSUER,
  },
];

/** Those that are configured. A preview has none: its address is not one that a provider sends anybody back to. */
export const providers: readonly Provider[] = isVercelPreview
  ? []
  : given.flatMap(({ clientId, clientSecret, issuer, ...provider }) =>
      clientId && clientSecret && issuer ? [{ ...provider, clientId, clientSecret, issuer }] : [],
    );

export const providerOrigins = providers.map(({ issuer }) => new URL(issuer).origin);
