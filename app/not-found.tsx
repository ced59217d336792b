import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "./_ui/button";
import { MessagePage } from "./_ui/message-page";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage title="There is no page here.">
      <p>The address may be mistyped, or what was here is gone.</p>
      <Link href="/" className={buttonClass("primary")}>
        Go to the start
      </Link>
    </MessagePage>
  );
}
