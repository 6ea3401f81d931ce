import type { ProposalStatus } from "@/api/generated";

/** What is asked and said around a decision, in English. */

export const totalBar = { label: "Total and next steps", total: (tax: string) => `Total incl. ${tax}` };

export const decisionBar = { decline: "Decline", requestChanges: "Request changes", approve: "Approve", decider: (organization: string) => `An owner of ${organization} can approve this proposal.` };

export const approval = {
  question: (title: string) => `Approve “${title}”?`,
  description: (version: number, total: string, tax: string, organization: string) =>
    `Version ${version}, ${total} including ${tax}. You are approving it on behalf of ${organization}. Payment is the next step.`,
  name: { label: "Your full name", hint: "Recorded with the date and time as your approval.", missing: "Enter your full name." },
  approve: "Approve",
  cancel: "Cancel",
};

/** The two decisions that go with words of the client's. */
export const notes = {
  changes: {
    title: "Request changes",
    description: (business: string) => `${business} will be notified and can send you a revised version. This version can then no longer be approved.`,
    label: "What should be different?",
    hint: "For example the scope, the price or the dates. Name the items you mean.",
    missing: "Describe what should be different.",
    verb: "Request changes",
  },
  decline: {
    title: "Decline this proposal?",
    description: (business: string) => `This closes the proposal. ${business} will be notified and can send you a new one.`,
    label: "Reason",
    hint: "For example the price, the timing or another choice. It helps with a new proposal.",
    verb: "Decline",
  },
  cancel: "Cancel",
};

/** What somebody reads who was about to decide when a colleague did, or the offer ended. */
export const tooLate = { hint: "The proposal is no longer open, so your answer wasn’t sent.", close: "Close" };

/** What came of a proposal, with the person who decided where that is known: "Approved by Thandi Nkosi on 21 November 2026". */
const decided = (verb: string) => ({ on: `${verb} on <day></day>`, by: (name: string) => `${verb} by ${name} on <day></day>` });

export const outcome = {
  open: (version: number) => `Open version ${version}`,
  approved: { ...decided("Approved"), signedAs: (name: string) => `Signed as “${name}”.` },
  changesRequested: {
    ...decided("Changes requested"),
    staff: (version: number) => `Version ${version} is a draft for you to edit and send.`,
    client: (business: string) => `${business} can now send you a revised version.`,
  },
  declined: { ...decided("Declined"), client: "Would you like another proposal?" },
  expired: { title: "This proposal has expired", on: (day: string) => `This proposal expired on ${day}`, client: "Would you still like to go ahead?" },
  closed: {
    title: "This proposal is closed",
    staff: (organization: string) => `The project is archived, so ${organization} can no longer approve this proposal, decline it or request changes.`,
    client: "The project is archived, so this proposal can no longer be approved. Would you still like to go ahead?",
    draft: "The project is archived, so this draft can’t be sent.",
  },
  replaced: { title: "This version has been replaced", hint: (version: number) => `Version ${version} is the latest.` },
};

/** What staff read while the client has not decided. */
export const awaiting = {
  title: (organization: string) => `${organization} hasn’t decided yet`,
  hint: (day: string) => `Its owners have the link and a PDF, and can decide until ${day}.`,
  mail: { yours: "You get an e-mail when they decide.", others: "Whoever sent it gets an e-mail when they decide." },
  copy: "Copy link",
  copied: (organization: string) => `Link copied. People at ${organization} can open it after signing in.`,
  notCopied: "Your browser blocked copying. Copy the address of this page: it opens the proposal for the client, too.",
};

/** What whoever reads by the viewing link is told of a decision, with its day; nothing while it may still be taken. */
export const publicOutcomes = {
  DRAFT: null,
  SENT: null,
  APPROVED: "This proposal was approved on <day></day>",
  CHANGES_REQUESTED: "Changes to this proposal were requested on <day></day>",
  DECLINED: "This proposal was declined on <day></day>",
  EXPIRED: outcome.expired.on("<day></day>"),
  SUPERSEDED: outcome.replaced.title,
} satisfies Record<ProposalStatus, string | null>;
