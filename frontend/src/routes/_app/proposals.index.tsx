import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { ProposalsPage } from "@/features/proposals/proposals-page";
import { proposalListOptions, type ProposalFilter } from "@/features/proposals/queries";
import { PROPOSAL_STATUS_ORDER } from "@/features/proposals/statuses";
import { readListFilter } from "@/lib/list-filter";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/proposals/")({
  validateSearch: (search): ProposalFilter => readListFilter(search, PROPOSAL_STATUS_ORDER),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => warm(context.queryClient, proposalListOptions(deps)),
  component: Proposals,
});

function Proposals() {
  const filter = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  const onFilter = useCallback((search: ProposalFilter) => void navigate({ search, replace: true }), [navigate]);
  return <ProposalsPage filter={filter} onFilter={onFilter} />;
}
