import type { Metadata } from "next";
import { SessionList } from "@/lib/auth/schemas";
import { listSessions } from "@/lib/auth/sessions";
import { toWire } from "@/lib/keys";
import { ownContext } from "../_components/own-context";
import { Devices } from "./_components/devices";

export const metadata: Metadata = { title: "Sessions" };

export default async function SessionsPage() {
  const { sessions } = SessionList.parse(toWire(await listSessions(await ownContext())));
  return (
    <>
      <h1>Sessions</h1>
      <Devices sessions={sessions} />
    </>
  );
}
