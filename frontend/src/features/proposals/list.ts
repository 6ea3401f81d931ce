import type { ListProposalsData, ProposalStatus } from "@/api/generated";
import { bothWays, readListFilter, type ListFilter, type ListKind, type SortOf } from "@/lib/list/address";
import { wordParam } from "@/lib/search-params";
import { PROPOSAL_STATUS_ORDER } from "./statuses";

export type ProposalSort = SortOf<ListProposalsData>;
const SORTS: readonly ProposalSort[] = bothWays("created_at", "updated_at", "title", "total", "valid_until");

export interface ProposalFilter extends ListFilter<ProposalStatus, ProposalSort> {
  project_id?: string | undefined;
  /** Leaves those that were approved and are not paid. */
  unpaid?: "yes" | undefined;
}

/** What the list of proposals can be narrowed and sorted by. */
export const PROPOSAL_LIST: ListKind<ProposalStatus, ProposalSort> = { statuses: PROPOSAL_STATUS_ORDER, sorts: SORTS, takes: ["q", "org_id", "days"] };

/** Reads the filter of the list from the address. */
export function readProposalFilter(search: Record<string, unknown>): ProposalFilter {
  return { ...readListFilter(search, PROPOSAL_LIST), unpaid: wordParam(search.unpaid, ["yes"]) };
}

/** Gives the filter as the operation takes it. */
export function asOperation({ unpaid, ...filter }: ProposalFilter) {
  return { ...filter, ...(unpaid && { unpaid: true }) };
}

/** Says whether all that a filter leaves is in one state: then their sum means something. */
export function isSummed({ status, unpaid }: ProposalFilter): boolean {
  return status !== undefined || unpaid !== undefined;
}
