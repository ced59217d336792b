"use client";

import { useEffect } from "react";
import { lookCookie } from "@/lib/look";
import { useApp, usePreferences } from "./app-context";
import { hearTabs, tellTabs } from "./channel";
import { forget } from "./forget";
import { goOn } from "./go-on";

/** Keeps this tab in step with the others of the browser, and its look with the account's. */
export function Tabs() {
  const app = useApp();
  const { theme, density } = usePreferences();

  useEffect(() => {
    Object.assign(document.documentElement.dataset, { theme, density });
    // The newer API for cookies is only there over TLS.
    Reflect.set(document, "cookie", lookCookie({ theme, density }));
  }, [theme, density]);

  useEffect(() => {
    const { preferences } = app.board;
    let isHeard = false;
    const stopHearing = hearTabs((message) => {
      if (message === "signed-out") return forget(app, "/sign-in");
      if (message === "signed-in") return void goOn(app);
      isHeard = true;
      preferences.set(message.preferences);
      isHeard = false;
    });
    const stopTelling = preferences.subscribe(() => {
      if (!isHeard) tellTabs({ preferences: preferences.get() });
    });
    return () => {
      stopHearing();
      stopTelling();
    };
  }, [app]);

  useEffect(() => {
    // A page that the browser had put aside may show what nobody is signed in for any more.
    const show = ({ persisted }: PageTransitionEvent) => persisted && location.reload();
    addEventListener("pageshow", show);
    return () => removeEventListener("pageshow", show);
  }, []);

  return null;
}
