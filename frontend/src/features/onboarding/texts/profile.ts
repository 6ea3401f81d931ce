/** What the second step says, in English. The business is unknown for as long as its name is on its way. */

export const profile = {
  title: "Your profile",
  lead: (business: string | undefined) => (business ? `Tell ${business} a little about your role.` : "Tell us a little about your role."),
  jobTitle: { label: "Job title", hint: "For example, head of operations.", missing: "Enter your job title." },
  timezone: { hint: "Dates and times in the portal are shown in this time zone. You can change it in your profile later.", missing: "Choose your time zone." },
  goals: { label: "What would you like to automate?" },
  submit: "Save and continue",
};
