import { useSuspenseQuery } from "@tanstack/react-query";
import { createFileRoute } from "@tanstack/react-router";
import { PayButton } from "@/features/billing/pay-button";
import { DraftPage } from "@/features/proposals/draft-page";
import { ProposalPage } from "@/features/proposals/proposal-page";
import { businessOptions, proposalOptions } from "@/features/proposals/queries";
import { useCan } from "@/lib/session/me";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/proposals/$proposalId")({
  validateSearch: (search): { send?: true } => (search.send === true ? { send: true } : {}),
  loader: async ({ context, params }) => {
    const proposal = await context.queryClient.query(proposalOptions(params.proposalId));
    if (proposal.status === "DRAFT") warm(context.queryClient, businessOptions());
    return proposal;
  },
  component: Proposal,
});

function Proposal() {
  const { proposalId } = Route.useParams();
  const { send } = Route.useSearch();
  const navigate = Route.useNavigate();
  const { data: proposal } = useSuspenseQuery(proposalOptions(proposalId));
  const canWrite = useCan("proposals:write");
  if (proposal.status === "DRAFT" && canWrite) {
    // The question was answered: a reload must not ask it again.
    const forget = () => void navigate({ search: {}, replace: true });
    return <DraftPage key={proposal.id} proposal={proposal} isSendingFirst={send ?? false} onSendClosed={forget} />;
  }
  return <ProposalPage proposalId={proposalId} pay={(own) => <PayButton proposalId={own.id} projectId={own.project_id} total={own.total} />} />;
}
