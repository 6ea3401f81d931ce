import type { ProposalOut, ProposalStatus } from "@/api/generated";
import { useCan } from "@/lib/session/me";
import { AlertMark, DoneMark, DraftMark, FailedMark, NoneMark, WaitingMark } from "@/ui/icon";
import { Pill } from "@/ui/primitives/pill";
import { statusPill, type StatusLooks } from "@/ui/patterns/status-pill";
import { awaitingDecision, closed, notDelivered, statuses } from "./texts/proposal";

/** The states of a proposal's version with the words used everywhere. */
export const PROPOSAL_STATUSES: StatusLooks<ProposalStatus> = {
  DRAFT: { label: statuses.DRAFT, tone: "neutral", icon: DraftMark },
  SENT: { label: statuses.SENT, tone: "warn", icon: WaitingMark },
  APPROVED: { label: statuses.APPROVED, tone: "ok", icon: DoneMark },
  CHANGES_REQUESTED: { label: statuses.CHANGES_REQUESTED, tone: "warn", icon: AlertMark },
  DECLINED: { label: statuses.DECLINED, tone: "bad", icon: FailedMark },
  EXPIRED: { label: statuses.EXPIRED, tone: "neutral", icon: NoneMark },
  SUPERSEDED: { label: statuses.SUPERSEDED, tone: "neutral", icon: NoneMark },
};

type SentStatus = Exclude<ProposalStatus, "DRAFT">;

/** The states that a client who decides meets, in a client's words: what was not sent, no client sees. */
export const DECIDER_PROPOSAL_STATUSES: StatusLooks<SentStatus> = {
  SENT: { ...PROPOSAL_STATUSES.SENT, label: awaitingDecision.yours },
  APPROVED: PROPOSAL_STATUSES.APPROVED,
  CHANGES_REQUESTED: PROPOSAL_STATUSES.CHANGES_REQUESTED,
  DECLINED: PROPOSAL_STATUSES.DECLINED,
  EXPIRED: PROPOSAL_STATUSES.EXPIRED,
  SUPERSEDED: PROPOSAL_STATUSES.SUPERSEDED,
};

/** The same for those for whom somebody else of their organization decides. */
export const READER_PROPOSAL_STATUSES: StatusLooks<SentStatus> = {
  ...DECIDER_PROPOSAL_STATUSES,
  SENT: { ...PROPOSAL_STATUSES.SENT, label: awaitingDecision.others },
};

const StaffPill = statusPill(PROPOSAL_STATUSES);
const DeciderPill = statusPill(DECIDER_PROPOSAL_STATUSES);
const ReaderPill = statusPill(READER_PROPOSAL_STATUSES);

/** Says a proposal's status, in the reader's words; only staff are told of e-mails that did not arrive. */
export function ProposalPill({ proposal: { status, undelivered, is_closed: isClosed } }: { proposal: Pick<ProposalOut, "status" | "undelivered" | "is_closed"> }) {
  const isStaff = useCan("proposals:write");
  const canDecide = useCan("proposals:decide");
  if (isClosed && status === "SENT")
    return (
      <Pill tone="neutral" icon={NoneMark}>
        {closed}
      </Pill>
    );
  if (undelivered.length > 0)
    return (
      <Pill tone="bad" icon={FailedMark}>
        {notDelivered}
      </Pill>
    );
  if (isStaff) return <StaffPill status={status} />;
  return canDecide ? <DeciderPill status={status} /> : <ReaderPill status={status} />;
}
