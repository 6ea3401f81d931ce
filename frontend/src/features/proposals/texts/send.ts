import type { UndeliveredReason } from "@/api/generated";

/** What is asked before a proposal goes to its client, in English. */
export const sending = {
  question: (title: string) => `Send “${title}”?`,
  description: (version: number, total: string, organization: string) => `Version ${version} (${total}) will be e-mailed to the owners of ${organization}. You can’t edit it after sending.`,
  send: "Send proposal",
  showLatest: "Show the latest draft",
  done: "Proposal sent",
  to: (organization: string) => `To the owners of ${organization}`,
};

/** The same for one that is e-mailed once more. */
export const sendingAgain = {
  question: (title: string) => `Send “${title}” again?`,
  description: (version: number, organization: string) => `We’ll e-mail version ${version}, with the same PDF and link, to everyone who is an owner of ${organization} now.`,
  send: "Send again",
  done: "Proposal sent again",
};

/** What staff read of an e-mail that was given up. */
export const undelivered = {
  title: (version: number) => `Version ${version} wasn’t delivered`,
  reasons: {
    REFUSED: (address: string) => `The mail server refused the e-mail to ${address}. Check the address with your client. If it is correct, the log of your installation has the mail server’s answer.`,
    UNREACHABLE: (address: string) => `We tried to e-mail ${address} for about four days and couldn’t reach the mail server.`,
    WITHHELD: (organization: string) => `The project was archived before we e-mailed this version to ${organization}. Send it again now that the project is open.`,
    NO_RECIPIENT: (organization: string) => `${organization} has no active owner who can get e-mail.`,
  } satisfies Record<UndeliveredReason, (whom: string) => string>,
};
