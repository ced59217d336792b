import type { Metadata } from "next";
import { ProviderButtons } from "@/app/(auth)/_components/provider-buttons";
import { listAccounts } from "@/lib/auth/linked-accounts";
import { AccountList } from "@/lib/auth/schemas";
import { toWire } from "@/lib/keys";
import { providers } from "@/lib/web-session/providers";
import { ownContext } from "../_components/own-context";
import { LinkedAccounts } from "./_components/linked-accounts";

export const metadata: Metadata = { title: "Connected accounts" };

export default async function AccountsPage() {
  const { accounts } = AccountList.parse(toWire(await listAccounts(await ownContext())));
  const linked = accounts.map((account) => ({
    ...account,
    name: providers.find(({ id }) => id === account.provider)?.name ?? account.provider,
  }));
  const others = providers.filter(({ id }) => !accounts.some(({ provider }) => provider === id));
  return (
    <>
      <h1>Connected accounts</h1>
      <LinkedAccounts accounts={linked} />
      <ProviderButtons providers={others} next="/settings/accounts" label="Connect another" verb="Connect" />
    </>
  );
}
