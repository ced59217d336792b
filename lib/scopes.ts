/** What a token may be used for. A session of a person has all of them. */
export const SCOPES = ["account:read", "account:write", "tasks:read", "tasks:write"] as const;

export type Scope = (typeof SCOPES)[number];

export const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text);
