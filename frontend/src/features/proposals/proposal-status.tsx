import type { ProposalStatus } from "@/api/generated";
import { AlertMark, DoneMark, DraftMark, FailedMark, NoneMark, WaitingMark, type IconShape } from "@/ui/icon";
import { Pill, type Tone } from "@/ui/primitives/pill";

/** The states of a proposal's version with the words used everywhere. */
export const PROPOSAL_STATUSES: Record<ProposalStatus, { label: string; tone: Tone; icon: IconShape }> = {
  DRAFT: { label: "Draft", tone: "neutral", icon: DraftMark },
  SENT: { label: "Sent", tone: "info", icon: WaitingMark },
  APPROVED: { label: "Approved", tone: "ok", icon: DoneMark },
  CHANGES_REQUESTED: { label: "Changes requested", tone: "warn", icon: AlertMark },
  DECLINED: { label: "Declined", tone: "bad", icon: FailedMark },
  EXPIRED: { label: "Expired", tone: "neutral", icon: NoneMark },
  SUPERSEDED: { label: "Superseded", tone: "neutral", icon: NoneMark },
};

/** Says a proposal's status. */
export function ProposalPill({ status }: { status: ProposalStatus }) {
  const look = PROPOSAL_STATUSES[status];
  return (
    <Pill tone={look.tone} icon={look.icon}>
      {look.label}
    </Pill>
  );
}
