/** What the third step says, in English. The business is unknown for as long as its name is on its way. */

import { stepNames } from "./frame";

export const checklist = {
  title: stepNames.checklist,
  lead: (business: string | undefined) =>
    business ? `Your account is ready. The next two steps follow when ${business} sends your first proposal.` : "Your account is ready. The next two steps follow with your first proposal.",
  confirmed: "E-mail address confirmed",
  organization: "Organization set up",
  proposal: { title: "Your first proposal", text: "You’ll receive it by e-mail. Read it, then approve it or ask for changes." },
  payment: { title: "Your first payment", text: "After you approve a proposal, you can pay online. Your invoice follows by e-mail." },
  done: "(done)",
  ahead: "(not yet)",
  submit: "Continue",
};
