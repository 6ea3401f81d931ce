/** What is said while an e-mail address is verified, in English. */

export const verification = {
  underWay: "Verifying your e-mail address…",
  done: { title: "Your e-mail address is verified", hint: "Sign in to finish setting up your account." },
  used: {
    title: "This link has expired or was already used",
    hint: "If your e-mail address is already verified, sign in. If it isn’t, enter your e-mail address and password, then choose “Send the link again”.",
  },
  failed: "Your e-mail address couldn’t be verified",
  signIn: "Sign in",
};

export const resending = {
  verb: "Send the link again",
  done: { title: "Check your inbox", hint: (email: string) => `If ${email} still needs to be verified, a new link is on its way.` },
  failed: (reason: string) => `The link couldn’t be sent. ${reason}`,
};
