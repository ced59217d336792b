import type { Metadata } from "next";
import { Switch } from "./_components/switch";

export const metadata: Metadata = { title: "Shortcuts" };

export default function ShortcutsPage() {
  return (
    <>
      <h1>Shortcuts</h1>
      <Switch />
    </>
  );
}
