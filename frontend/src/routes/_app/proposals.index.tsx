import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { ProposalsPage } from "@/features/proposals/proposals-page";
import { readProposalFilter, type ProposalFilter } from "@/features/proposals/list";
import { summedProposalsOptions } from "@/features/proposals/queries";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/proposals/")({
  validateSearch: (search): ProposalFilter => readProposalFilter(search),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => warm(context.queryClient, summedProposalsOptions(deps)),
  component: Proposals,
});

function Proposals() {
  const filter = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  const onFilter = useCallback((search: ProposalFilter) => void navigate({ search, replace: true }), [navigate]);
  return <ProposalsPage filter={filter} onFilter={onFilter} />;
}
