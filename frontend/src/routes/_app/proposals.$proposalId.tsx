import { useSuspenseQuery } from "@tanstack/react-query";
import { createFileRoute, redirect } from "@tanstack/react-router";
import { lazy, useState } from "react";
import { paidFromLink } from "@/features/billing/paid-from-link";
import { PayButton } from "@/features/billing/pay-button";
import { ProposalPage } from "@/features/proposals/proposal-page";
import { businessOptions, proposalOptions, taxRatesOptions } from "@/features/proposals/queries";
import { useRecentRecord } from "@/lib/recent-records";
import { useCan } from "@/lib/session/me";
import { warm } from "@/lib/warm";

// Most people who open a proposal read it.
const loadDraftPage = () => import("@/features/proposals/draft-page");
const DraftPage = lazy(loadDraftPage);

export const Route = createFileRoute("/_app/proposals/$proposalId")({
  staticData: { shape: "document" },
  validateSearch: (search): { send?: true; payment?: "cancelled" } => ({
    ...(search.send === true && { send: true }),
    ...(search.payment === "cancelled" && { payment: "cancelled" }),
  }),
  beforeLoad: ({ params, search }) => {
    const token = search.payment && paidFromLink({ proposalId: params.proposalId });
    if (token) throw redirect({ to: "/p/$token", params: { token }, search: { payment: "cancelled" }, replace: true });
  },
  loader: async ({ context, params }) => {
    const proposal = await context.queryClient.query(proposalOptions(params.proposalId));
    if (proposal.status === "DRAFT") {
      warm(context.queryClient, businessOptions());
      warm(context.queryClient, taxRatesOptions());
      void loadDraftPage();
    }
    return proposal;
  },
  component: Proposal,
});

function Proposal() {
  const { proposalId } = Route.useParams();
  return <Version key={proposalId} proposalId={proposalId} />;
}

function Version({ proposalId }: { proposalId: string }) {
  const { send, payment } = Route.useSearch();
  const navigate = Route.useNavigate();
  const { data: proposal } = useSuspenseQuery(proposalOptions(proposalId));
  useRecentRecord({ kind: "proposal", id: proposal.id, title: proposal.title, code: `${proposal.project_code} v${String(proposal.version)}` });
  // Whoever writes when a colleague sends it keeps the editor until nothing would be lost.
  const [wasDraft] = useState(proposal.status === "DRAFT");
  const canWrite = useCan("proposals:write");
  const page = <ProposalPage proposalId={proposalId} pay={(own) => <PayButton proposal={own} isBack={payment === "cancelled"} />} />;
  if (!wasDraft || !canWrite) return page;
  // The question was answered: a reload must not ask it again.
  const forget = () => void navigate({ search: {}, replace: true });
  return <DraftPage proposalId={proposalId} sent={page} isSendingFirst={send ?? false} onSendClosed={forget} />;
}
