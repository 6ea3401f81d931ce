/** What the steps before a client's first visit say, in English. The business is unknown for as long as its name is on its way. */

import type { StepName } from "./steps";

export const frame = {
  /** Whose pages these are until the business is known. */
  portal: "Client portal",
  steps: "Onboarding",
  signOut: "Sign out",
  back: "Back",
};

export const stepNames = {
  welcome: "Welcome",
  profile: "Profile",
  checklist: "What happens next",
  guide: "Tips",
} satisfies Record<StepName, string>;

export const welcome = {
  title: (firstName: string | undefined) => (firstName ? `Welcome, ${firstName}` : "Welcome"),
  lead: (business: string | undefined) =>
    business ? `This portal is where you work with ${business}. Setting it up takes about two minutes.` : "Setting up your portal takes about two minutes.",
  proposals: { title: "Proposals", text: "Read each proposal, then approve it or ask for changes. You always see the total." },
  payments: { title: "Payments", text: "Pay online and find every invoice in one place." },
  workflows: { title: "Workflows", text: "See what is automated for you, when it last ran and whether it succeeded." },
  submit: "Get started",
};

export const profile = {
  title: "Your profile",
  lead: (business: string | undefined) => (business ? `Tell ${business} a little about your role.` : "Tell us a little about your role."),
  jobTitle: { label: "Job title", hint: "For example, head of operations.", missing: "Enter your job title." },
  timezone: { hint: "Dates and times in the portal are shown in this time zone. You can change it in your profile later.", missing: "Choose your time zone." },
  goals: { label: "What would you like to automate?" },
  submit: "Save and continue",
};

export const checklist = {
  title: stepNames.checklist,
  lead: (business: string | undefined) =>
    business ? `Your account is ready. The next two steps follow when ${business} sends your first proposal.` : "Your account is ready. The next two steps follow with your first proposal.",
  verified: "E-mail address verified",
  organization: "Organization set up",
  proposal: { title: "Your first proposal", text: "You’ll receive it by e-mail. Read it, then approve it or ask for changes." },
  payment: { title: "Your first payment", text: "After you approve a proposal, you can pay online. Your invoice follows by e-mail." },
  done: "(done)",
  ahead: "(not yet)",
  submit: "Continue",
};

export const guide = {
  title: "Three tips before you start",
  lead: "Then you’re ready to go.",
  dashboard: { title: "Your dashboard lists everything that needs your attention.", text: "Proposals to review and payments due appear at the top." },
  timeline: { title: "Each project has a timeline.", text: "Proposals, payments and workflows appear there as they happen." },
  search: { title: "Press <key>Ctrl</key> <key>K</key> to search.", text: "On a Mac, press <key>⌘</key> <key>K</key>." },
  submit: "Go to your dashboard",
};
