/** What the lists of proposals say, in English. */

export const proposalList = {
  title: "Proposals",
  noun: { one: "proposal", other: "proposals" },
  searched: "Title",
  created: "Created",
  payment: "Payment",
  unpaid: "Not paid yet",
  empty: {
    title: "No proposals yet",
    staff: "Every proposal belongs to a project. Open a project to write one.",
    client: (business: string) => `Proposals from ${business} appear here.`,
    projects: "Go to projects",
  },
};

/** The same, on the page of a project. */
export const projectProposals = {
  empty: "Describe the work and what it costs, then send it to your client to approve.",
};

export const columns = {
  title: "Proposal",
  version: (version: number) => `v${version}`,
  client: "Client",
  project: "Project",
  sent: "Sent",
  validUntil: "Valid until",
  total: "Total",
  status: "Status",
};
