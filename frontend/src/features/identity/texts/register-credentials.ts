/** What the second step of the registration says, in English. The business is unknown for as long as its name is on its way. */

export const loginStep = {
  title: "Create your login",
  lead: (organization: string) => `You’ll be the owner of the account for ${organization}.`,
  email: { hint: "You’ll receive a link to confirm it." },
  password: { label: "Password", missing: "Choose a password.", weak: "Choose a password that meets every requirement below." },
  back: "Back",
  submit: "Create account",
  nameTaken: (organization: string, business: string | undefined) =>
    `An organization called “${organization}” already has an account. If it is yours, ${business ? `contact ${business}` : "ask the colleague who created it"}. If not, go back and enter a different name.`,
};

export const passwordRules = {
  label: "Password requirements",
  length: (minimum: number) => `Has at least ${minimum} characters`,
  mixture: (passphrase: number) => `Mixes three of lowercase letters, uppercase letters, numbers and symbols, or has at least ${passphrase} characters`,
  address: "Doesn’t contain your e-mail address",
  met: ", met",
  unmet: ", not met yet",
};

export const checkInbox = {
  title: "Check your e-mail",
  /** So that it is true for an address that has an account, too, and nobody learns from it which addresses have one. */
  hint: (email: string) => `Open the link in the e-mail sent to <email>${email}</email>, then sign in. If it doesn’t arrive within a few minutes, look in your spam folder.`,
  /** Whom to ask follows: the organization’s name is taken by now, so that who registers again would have to invent another. */
  wrongAddress: "Wrong address?",
};
