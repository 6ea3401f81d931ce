import type { ListProposalsData, ProposalStatus } from "@/api/generated";
import { bothWays, type ListFilter, type ListKind, type SortOf } from "@/lib/list/address";
import { PROPOSAL_STATUS_ORDER } from "./statuses";

export type ProposalSort = SortOf<ListProposalsData>;
const SORTS: readonly ProposalSort[] = bothWays("created_at", "updated_at", "title", "total", "valid_until");

export interface ProposalFilter extends ListFilter<ProposalStatus, ProposalSort> {
  project_id?: string | undefined;
}

/** What the list of proposals can be narrowed and sorted by. */
export const PROPOSAL_LIST: ListKind<ProposalStatus, ProposalSort> = { statuses: PROPOSAL_STATUS_ORDER, sorts: SORTS, takes: ["q", "org_id", "days"] };
