"use client";

import { useEffect, useState } from "react";
import { Button } from "@/app/_ui/button";
import { LOOK_COOKIE, readLook } from "@/lib/look";

/** What the browser itself knows, for the page was made long before it is shown. */
export function Kept() {
  const [unsaved, setUnsaved] = useState(0);
  useEffect(() => {
    const cookie = document.cookie.split("; ").find((pair) => pair.startsWith(`${LOOK_COOKIE}=`));
    Object.assign(document.documentElement.dataset, readLook(cookie?.slice(LOOK_COOKIE.length + 1)));
    setUnsaved(Object.keys(localStorage).filter((key) => /^fourfold:[^:]+:gesture:/.test(key)).length);
    return whenBack(() => location.reload());
  }, []);
  return (
    <>
      <p role="status">
        {unsaved === 0
          ? "The server cannot be reached. This page comes back by itself once it can."
          : `${unsaved === 1 ? "1 unsaved change is" : `${unsaved} unsaved changes are`} kept in this browser, and saved once the server can be reached again.`}
      </p>
      <Button variant="primary" onClick={() => location.reload()}>
        Try again
      </Button>
    </>
  );
}

const EVERY_MS = 2_000;

/** A browser that is online again may still not reach the server, and one that never was offline is told nothing. */
function whenBack(then: () => void): (() => void) | undefined {
  // Nobody's page is missing where this one was asked for by its own address.
  if (location.pathname === "/offline") return undefined;
  const ask = () => fetch("/health", { method: "HEAD", cache: "no-store" }).then(then, () => undefined);
  const timer = setInterval(ask, EVERY_MS);
  addEventListener("online", ask);
  return () => {
    clearInterval(timer);
    removeEventListener("online", ask);
  };
}
