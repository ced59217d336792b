import type { Metadata } from "next";
import { UpcomingView } from "./upcoming-view";

export const metadata: Metadata = { title: "Upcoming" };

export default function UpcomingPage() {
  return <UpcomingView />;
}
