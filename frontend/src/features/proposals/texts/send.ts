/** What is asked before a proposal goes to its client, in English. */
export const sending = {
  question: (title: string) => `Send “${title}”?`,
  description: (version: number, total: string, organization: string) => `Version ${version} (${total}) will be e-mailed to the owners of ${organization}. You can’t edit it after sending.`,
  send: "Send proposal",
  showLatest: "Show the latest draft",
  done: "Proposal sent",
  to: (organization: string) => `To the owners of ${organization}`,
};
