/** What is said while an e-mail address is confirmed, in English. */

export const verification = {
  underWay: "Confirming your e-mail address…",
  done: { title: "Your e-mail address is confirmed", hint: "Sign in to finish setting up your account." },
  used: {
    title: "This link has expired or was already used",
    hint: "Try to sign in. If your e-mail address still needs to be confirmed, you can request a new link there.",
  },
  failed: { title: "Your e-mail address couldn’t be confirmed", retry: "Try again", requestId: "the request ID" },
  signIn: "Sign in",
};

export const resending = {
  verb: "Send the link again",
  done: { title: "Check your inbox", hint: (email: string) => `If ${email} still needs to be confirmed, a new link is on its way.` },
  failed: (reason: string) => `The link couldn’t be sent. ${reason}`,
};
