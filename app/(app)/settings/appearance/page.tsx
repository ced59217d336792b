import type { Metadata } from "next";
import { Look } from "./_components/look";
import { QuadrantNames } from "./_components/quadrant-names";

export const metadata: Metadata = { title: "Appearance" };

export default function AppearancePage() {
  return (
    <>
      <h1>Appearance</h1>
      <Look />
      <QuadrantNames />
    </>
  );
}
