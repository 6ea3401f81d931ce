/** What the page behind a viewing link says, in English. */
export const sharedPage = {
  for: (organization: string) => `Proposal for ${organization}`,
  questions: "Questions about this proposal?",
  download: "Download PDF",
  portal: "Open in the portal",
  replaced: {
    title: "This version has been replaced",
    hint: (version: number, business: string) => `Version ${version} is the latest. Open it from the most recent e-mail from ${business}, or sign in to read it.`,
  },
  signIn: "Sign in to approve",
  toSignIn: "Sign in",
  retry: "Try again",
  other: {
    title: (email: string) => `You’re signed in as ${email}`,
    hint: (organization: string) => `This proposal is for ${organization}. To approve it, sign in with an account there.`,
    change: "Use another account",
  },
};
