import type { Metadata } from "next";
import { MessagePage } from "../_ui/message-page";
import { Kept } from "./_components/kept";

export const metadata: Metadata = { title: "Offline", robots: { index: false } };

export default function OfflinePage() {
  return (
    <MessagePage title="You are offline.">
      <Kept />
    </MessagePage>
  );
}
