/** What the first step says, in English. The business is unknown for as long as its name is on its way. */

export const welcome = {
  title: (firstName: string | undefined) => (firstName ? `Welcome, ${firstName}` : "Welcome"),
  lead: (business: string | undefined) =>
    business ? `Set up your ${business} portal in about two minutes.` : "Set up your portal in about two minutes.",
  proposals: { title: "Proposals", text: "Read each proposal, then approve it or ask for changes. You always see the total." },
  payments: { title: "Payments", text: "Pay online and find every invoice in one place." },
  workflows: { title: "Workflows", text: "See what is automated for you, when it last ran and whether it succeeded." },
  submit: "Get started",
};
