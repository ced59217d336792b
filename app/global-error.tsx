"use client";

import "./_ui/tokens.css";
import "./_ui/base.css";
import { Button } from "./_ui/button";
import { MessagePage } from "./_ui/message-page";

type Props = { error: Error & { digest?: string }; retry: () => void };

export default function GlobalError({ error, retry }: Props) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Fourfold</title>
        <MessagePage title="Something went wrong here.">
          <p>Nothing that was saved is lost.</p>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          {error.digest && <p>Error {error.digest}</p>}
        </MessagePage>
      </body>
    </html>
  );
}
