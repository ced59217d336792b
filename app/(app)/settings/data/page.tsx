import type { Metadata } from "next";
import { getProfile } from "@/lib/auth/profile";
import { ownContext } from "../_components/own-context";
import { DeleteAccount } from "./_components/delete-account";
import { ExportData } from "./_components/export-data";

export const metadata: Metadata = { title: "Data" };

export default async function DataPage() {
  const { email, hasPassword } = await getProfile(await ownContext());
  return (
    <>
      <h1>Data</h1>
      <ExportData />
      <DeleteAccount email={email} hasPassword={hasPassword} />
    </>
  );
}
