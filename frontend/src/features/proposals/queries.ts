import { keepPreviousData } from "@tanstack/react-query";
import { getBusinessOptions, getProposalOptions, listProposalsOptions, listTaxRatesOptions, viewSharedProposalOptions } from "@/api/generated/@tanstack/react-query.gen";
import { listQuery } from "@/lib/list/address";
import { asOperation, isSummed, type ProposalFilter } from "./list";

/** How to ask in whose name, currency and time zone proposals are written; an installation rarely changes it. */
export function businessOptions() {
  return { ...getBusinessOptions(), staleTime: 60_000 };
}

/** How to ask for the rates that lines may have. */
export function taxRatesOptions() {
  return { ...listTaxRatesOptions(), staleTime: 60_000 };
}

/** How to ask for a page of proposals. */
export function proposalListOptions(filter: ProposalFilter) {
  return { ...listProposalsOptions({ query: listQuery(asOperation(filter)) }), placeholderData: keepPreviousData };
}

/** The same for the list of all projects, with what everything that it finds comes to. */
export function summedProposalsOptions(filter: ProposalFilter) {
  const query = { ...listQuery(asOperation(filter)), ...(isSummed(filter) && { sums: true }) };
  return { ...listProposalsOptions({ query }), placeholderData: keepPreviousData };
}

/** How to ask for one version of a proposal. */
export function proposalOptions(proposalId: string) {
  return getProposalOptions({ path: { proposal_id: proposalId } });
}

/** How to ask for what a viewing link shows. */
export function sharedProposalOptions(token: string) {
  return viewSharedProposalOptions({ path: { token } });
}
