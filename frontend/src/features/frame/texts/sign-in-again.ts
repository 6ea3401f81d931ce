/** What is said where a session ended while its pages are open, in English. */

export const signInAgain = {
  title: "You were signed out",
  description: (reason: string) => `${reason} Sign in to continue. This page is as you left it.`,
  email: "E-mail address",
  password: "Password",
  missing: "Enter your password.",
  submit: "Sign in",
  otherAccount: "Use another account",
  leaving: {
    title: "Leave this page?",
    description: "Anything you haven’t saved here will be lost. You can then sign in with another account.",
    back: "Go back",
    confirm: "Leave page",
  },
};

export const takenOver = {
  title: "Another account is signed in",
  hint: "Someone signed in to another account in this browser, so this page was closed. Changes that weren’t saved are lost.",
  go: "Continue with that account",
};

const REASONS: Record<string, string> = {
  DISABLED: "Your account was disabled.",
  SUSPENDED: "Your organization was suspended.",
  CHANGED: "Your role or password was changed.",
};

/** Says why a session ended, where the server told; it need not be known. */
export function reasonOf(end: string | undefined): string {
  return (end === undefined ? undefined : REASONS[end]) ?? "Your session expired or was ended on another device.";
}
