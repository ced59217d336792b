import { publicUrl } from "@/lib/env";
import type { Message } from "./mail";

type Link = { to: string; secret: string; lifetimeSeconds: number };

export function verifyAddress({ to, secret, lifetimeSeconds }: Link): Message {
  const link = `${publicUrl}/verify?token=${secret}`;
  return {
    to,
    link,
    subject: "Confirm your e-mail address",
    text: lines(
      "Hello,",
      "",
      "this address was given for a Fourfold account. To confirm that it is yours, open",
      "",
      link,
      "",
      `The link works once, within ${spell(lifetimeSeconds)}.`,
      "If you have no such account, leave it alone: nothing happens without the link.",
    ),
  };
}

export function resetPassword({ to, secret, lifetimeSeconds }: Link): Message {
  const link = `${publicUrl}/reset?token=${secret}`;
  return {
    to,
    link,
    subject: "Choose a new password",
    text: lines(
      "Hello,",
      "",
      "somebody asked for a new password for your Fourfold account. To choose one, open",
      "",
      link,
      "",
      `The link works once, within ${spell(lifetimeSeconds)}. A new password signs you out everywhere.`,
      "If it was not you who asked, leave it alone: your password stays as it is.",
    ),
  };
}

export function passwordChanged({ to }: { to: string }): Message {
  return {
    to,
    subject: "Your password was changed",
    text: lines(
      "Hello,",
      "",
      "the password of your Fourfold account was changed just now. If it was you, all is well.",
      "",
      "If it was not, somebody else is in your account. Ask for a new password at once at",
      publicUrl,
      "which signs everybody out, and choose one that you use nowhere else.",
    ),
  };
}

export function addressChanged({ to, newAddress }: { to: string; newAddress: string }): Message {
  return {
    to,
    subject: "Your e-mail address was changed",
    text: lines(
      "Hello,",
      "",
      `the address of your Fourfold account is ${newAddress} from now on.`,
      "This is the last message to the old one. If it was you, all is well.",
      "",
      "If it was not, somebody else is in your account. Change your password at once, if you still can, at",
      publicUrl,
      "and tell whoever runs this service.",
    ),
  };
}

export function signInCopied({ to }: { to: string }): Message {
  return {
    to,
    subject: "A sign-in of yours was ended",
    text: lines(
      "Hello,",
      "",
      "somebody used an old key to your Fourfold account, one that had been replaced already.",
      "It may have been copied from one of your devices. To be safe we ended that sign-in:",
      "nobody can use it any more, and that device has to sign in again.",
      "",
      "What to do: sign in, end the sessions that you do not know, and change your password, at",
      publicUrl,
    ),
  };
}

const lines = (...text: string[]) => `${text.join("\n")}\n`;

const spell = (seconds: number) => (seconds < 3_600 ? `${seconds / 60} minutes` : `${seconds / 3_600} hours`);
