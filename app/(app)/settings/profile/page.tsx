import type { Metadata } from "next";
import { getProfile } from "@/lib/auth/profile";
import { Profile } from "@/lib/auth/schemas";
import { toWire } from "@/lib/keys";
import { ownContext } from "../_components/own-context";
import { EmailForm } from "./_components/email-form";
import { NameForm } from "./_components/name-form";
import { TimeZoneSelect } from "./_components/time-zone-select";

export const metadata: Metadata = { title: "Profile" };

export default async function ProfilePage() {
  const profile = Profile.parse(toWire(await getProfile(await ownContext())));
  return (
    <>
      <h1>Profile</h1>
      <NameForm name={profile.name} />
      <EmailForm profile={profile} />
      <TimeZoneSelect />
    </>
  );
}
