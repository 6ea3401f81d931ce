import type { ProposalStatus } from "@/api/generated";
import { allInOrder } from "@/lib/all-in-order";

/** The states of a proposal's version. */
export const PROPOSAL_STATUS_ORDER = allInOrder<ProposalStatus>({ DRAFT: true, SENT: true, APPROVED: true, CHANGES_REQUESTED: true, DECLINED: true, EXPIRED: true, SUPERSEDED: true });
