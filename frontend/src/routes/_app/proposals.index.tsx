import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { ProposalsPage } from "@/features/proposals/proposals-page";
import { PROPOSAL_LIST, type ProposalFilter } from "@/features/proposals/list";
import { proposalListOptions } from "@/features/proposals/queries";
import { readListFilter } from "@/lib/list/address";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/proposals/")({
  validateSearch: (search): ProposalFilter => readListFilter(search, PROPOSAL_LIST),
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
