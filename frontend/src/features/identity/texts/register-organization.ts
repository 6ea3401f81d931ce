/** What the first step of the registration says, in English. The business is unknown for as long as its name is on its way. */

export const organizationStep = {
  title: "Create an account",
  lead: (business: string | undefined) =>
    business ? `Review proposals, pay invoices and follow your projects with ${business}.` : "Review proposals, pay invoices and follow your projects.",
  organization: { label: "Organization", hint: "As it should appear on your proposals and invoices.", missing: "Enter your organization’s name." },
  name: { label: "Your name", missing: "Enter your name." },
  submit: "Continue",
  signIn: "Already have an account? <link>Sign in</link>",
};
