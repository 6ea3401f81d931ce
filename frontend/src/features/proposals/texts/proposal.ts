import type { ProposalOut, ProposalStatus } from "@/api/generated";

/** What several pages say of a proposal, in English. */

export const statuses = {
  DRAFT: "Draft",
  SENT: "Awaiting decision",
  APPROVED: "Approved",
  CHANGES_REQUESTED: "Changes requested",
  DECLINED: "Declined",
  EXPIRED: "Expired",
  SUPERSEDED: "Replaced",
} satisfies Record<ProposalStatus, string>;

/** What staff read of a version that awaits a decision of somebody who did not get it. */
export const notDelivered = "Not delivered";

/** What a version is called that awaited a decision when its project was archived. */
export const closed = "Closed";

/** What a client reads where staff read that a version was sent. */
export const awaitingDecision = { yours: "Awaiting your decision", others: "Awaiting a decision" };

/** What a client's mail about a proposal has as its subject. */
export function aboutProposal({ title, project_code, version }: Pick<ProposalOut, "title" | "project_code" | "version">): string {
  return `${title} (${project_code}, version ${String(version)})`;
}

/** What staff do next on a project. */
export const nextStep = { write: "Write proposal", writeNew: "Write new proposal", revise: "Revise proposal", edit: "Edit proposal" };

/** What a client does next on a project. */
export const clientStep = { review: "Review proposal", view: "View proposal" };

export const proposalPage = {
  version: (version: number) => `Version ${version}`,
  here: "Proposal",
  client: (name: string) => `For ${name}`,
  sent: "Sent <day></day>",
  download: "Download PDF",
};
