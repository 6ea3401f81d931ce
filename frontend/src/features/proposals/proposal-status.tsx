import type { ProposalStatus } from "@/api/generated";
import { AlertMark, DoneMark, DraftMark, FailedMark, NoneMark, WaitingMark } from "@/ui/icon";
import { statusPill, type StatusLooks } from "@/ui/patterns/status-pill";

/** The states of a proposal's version with the words used everywhere. */
export const PROPOSAL_STATUSES: StatusLooks<ProposalStatus> = {
  DRAFT: { label: "Draft", tone: "neutral", icon: DraftMark },
  SENT: { label: "Sent", tone: "info", icon: WaitingMark },
  APPROVED: { label: "Approved", tone: "ok", icon: DoneMark },
  CHANGES_REQUESTED: { label: "Changes requested", tone: "warn", icon: AlertMark },
  DECLINED: { label: "Declined", tone: "bad", icon: FailedMark },
  EXPIRED: { label: "Expired", tone: "neutral", icon: NoneMark },
  SUPERSEDED: { label: "Superseded", tone: "neutral", icon: NoneMark },
};

/** Says a proposal's status. */
export const ProposalPill = statusPill(PROPOSAL_STATUSES);
