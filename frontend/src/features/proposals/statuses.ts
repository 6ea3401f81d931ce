import type { ProposalStatus } from "@/api/generated";

/** The states of a proposal's version. */
export const PROPOSAL_STATUS_ORDER: readonly ProposalStatus[] = ["DRAFT", "SENT", "APPROVED", "CHANGES_REQUESTED", "DECLINED", "EXPIRED", "SUPERSEDED"];
