import type { ProposalOut } from "@/api/generated";

/** What a client may decide, each in a dialog of its own. */
export const DECISIONS = ["approve", "changes", "decline"] as const;
export type Decision = (typeof DECISIONS)[number];

/** Names the form of a decision on a proposal, for what is typed into it to be kept by. */
export function decisionForm(proposal: Pick<ProposalOut, "id">, decision: Decision): string {
  return `decision.${proposal.id}.${decision}`;
}
