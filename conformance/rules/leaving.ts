import type { Rule } from "../rule";

/** The last of all: the second account is gone after it. */
export const leaving: Rule[] = [
  {
    id: "AUTH-17",
    rule: "Deleting the account needs the right password, and is final at once",
    check: async ({ anyone, guest }) => {
      const { ask, email, password } = await guest();
      const { data } = (await anyone(200, "POST", "/auth/signin", { body: { email, password } })).body;
      const headers = { authorization: `Bearer ${data.access_token}` };
      await anyone("forbidden", "DELETE", "/auth/me", { body: { password: `${password}x` }, headers });
      await anyone(204, "DELETE", "/auth/me", { body: { password }, headers });
      await ask("unauthenticated", "GET", "/tasks?limit=1");
      await anyone("unauthenticated", "GET", "/auth/me", { headers });
      await anyone("unauthenticated", "POST", "/auth/signin", { body: { email, password } });
    },
  },
];
