import type { ProposalOut } from "@/api/generated";
import { useCan } from "@/lib/session/me";
import { ProposalIcon } from "@/ui/icon";
import { ButtonLink } from "@/ui/primitives/link";
import { decisionBar } from "./texts/decisions";
import { clientStep } from "./texts/proposal";

/** Leads a client to the proposal that awaits a decision; whoever cannot take it reads who can. */
export function ReviewProposal({ proposal }: { proposal: ProposalOut }) {
  const canDecide = useCan("proposals:decide");
  const link = (
    <ButtonLink to="/proposals/$proposalId" params={{ proposalId: proposal.id }} variant={canDecide ? "primary" : "secondary"} icon={ProposalIcon}>
      {canDecide ? clientStep.review : clientStep.view}
    </ButtonLink>
  );
  if (canDecide) return link;
  return (
    <span className="flex flex-wrap items-center justify-end gap-x-4 gap-y-1 max-sm:justify-start">
      <span className="text-base text-ink-2">{decisionBar.decider(proposal.organization.name)}</span>
      {link}
    </span>
  );
}
