import type { Metadata } from "next";
import { listEvents } from "@/lib/auth/events";
import { EventPage } from "@/lib/auth/schemas";
import { toWire } from "@/lib/keys";
import { ownContext } from "../_components/own-context";
import { Events } from "./_components/events";

export const metadata: Metadata = { title: "Security events" };

const FIRST = 20;

export default async function EventsPage() {
  const page = await listEvents(await ownContext(), { limit: FIRST });
  return (
    <>
      <h1>Security events</h1>
      <Events first={EventPage.parse(toWire(page))} />
    </>
  );
}
