import type { Preferences } from "@/lib/client/client";

export type Message = "signed-out" | "signed-in" | { preferences: Preferences };

let channel: BroadcastChannel | undefined;

/** One for all of the page: a second one would hear what this page itself says. */
const open = () => {
  channel ??= new BroadcastChannel("fourfold");
  return channel;
};

/** To the other tabs of this browser. */
export const tellTabs = (message: Message) => open().postMessage(message);

export function hearTabs(listener: (message: Message) => void): () => void {
  const hear = ({ data }: MessageEvent<Message>) => listener(data);
  const heard = open();
  heard.addEventListener("message", hear);
  return () => heard.removeEventListener("message", hear);
}
