const ERRORS: Record<string, string> = {
  OAuthAccountNotLinked:
    "There is an account with this e-mail address already. Sign in the way you did before.",
  AccessDenied: "This account cannot be used.",
  no_email: "The provider did not tell us an e-mail address, which an account needs.",
  closed: "New accounts are made by the operator here.",
};

const OTHERWISE = "Signing in did not work. Try again.";

const NOTICES: Record<string, string> = {
  signed_up: "Your account is there. Sign in.",
  password_reset: "Your password is changed. Sign in with the new one.",
};

/** Only what is written here is shown: the address of the page is anybody's to write. */
export const errorMessage = (code: string | undefined) =>
  code === undefined ? undefined : (ERRORS[code] ?? OTHERWISE);

export const noticeMessage = (code: string | undefined) => (code === undefined ? undefined : NOTICES[code]);
