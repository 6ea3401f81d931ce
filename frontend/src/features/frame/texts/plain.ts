/** What stands around the pages before the app, and in place of a page that cannot be shown, in English. */

export const plainFrame = {
  /** Whose pages these are, as long as the business's name is not known. */
  portal: "Client portal",
  home: (business: string) => `${business} home page`,
};

export const localBanner = {
  label: "About this installation",
  text: "Local demo: e-mail, Stripe and n8n are simulated.",
  mailbox: "Open the mailbox",
  mailboxShort: "Mailbox",
  n8n: "Local n8n",
};

export const pending = "Loading";

export const brokenLink = {
  title: "This link doesn’t work",
  hint: "It may have expired, or part of it is missing. Open the link from the most recent e-mail, or sign in.",
  signIn: "Sign in",
};

export const notLoaded = {
  title: "Page not loaded",
  own: "Try again. If it keeps happening, tell support what you were doing.",
  part: "Part of this page didn’t load. The page is loaded again as soon as the server responds.",
  stuck: "Still not working? <home>Go to the home page</home>",
};
