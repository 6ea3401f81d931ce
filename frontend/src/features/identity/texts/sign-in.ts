/** What the sign-in says, in English. The business is unknown for as long as its name is on its way. */

export const addressStep = {
  title: "Sign in",
  lead: (business: string | undefined) => (business ? `Enter your e-mail address to continue to ${business}.` : "Enter your e-mail address to continue."),
  ended: "You were signed out. Sign in to go back to the page you were on.",
  endedWithWork: "You were signed out. Sign in within an hour to go on with what you were typing.",
  leaving: "We couldn’t reach the server, so you may still be signed in. <link>Sign out again</link> before you leave this device.",
  submit: "Continue",
  register: "New here? <link>Create an account</link>",
};

export const passwordStep = {
  title: "Sign in",
  lead: (place: string | undefined) => (place ? `Enter your password to continue to ${place}.` : "Enter your password to continue."),
  password: { label: "Password", missing: "Enter your password." },
  remember: "Keep me signed in",
  submit: "Sign in",
  otherAddress: "Not you? <change>Use a different e-mail address</change>",
  help: "Trouble signing in?",
};
