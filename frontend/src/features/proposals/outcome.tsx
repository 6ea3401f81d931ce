import type { ReactNode } from "react";
import type { ProposalOut } from "@/api/generated";
import { ContactButton } from "@/lib/business-contact";
import { formatDay } from "@/ui/patterns/day-format";
import { useBranding } from "@/lib/face";
import { useCan } from "@/lib/session/me";
import { DateTime } from "@/ui/patterns/relative-time";
import { RichText } from "@/ui/patterns/rich-text";
import { ButtonLink } from "@/ui/primitives/link";
import { Notice } from "@/ui/primitives/notice";
import { AwaitingClient } from "./awaiting-client";
import { OfferProposal } from "./next-proposal";
import { NotDelivered } from "./not-delivered";
import { outcome } from "./texts/decisions";
import { aboutProposal } from "./texts/proposal";
import { useNewerVersion } from "./versions";

/** Says what came of the proposal, by whom and when, and leads on: to the newer version, another proposal, or whom to ask. */
export function Outcome({ proposal, pay }: { proposal: ProposalOut; pay?: ReactNode }) {
  const canWrite = useCan("proposals:write");
  const business = useBranding();
  const newer = useNewerVersion(proposal);
  const note = proposal.decision_note && <p className="whitespace-pre-line">“{proposal.decision_note}”</p>;
  const open = newer && (
    <ButtonLink to="/proposals/$proposalId" params={{ proposalId: newer.id }} variant={canWrite ? "primary" : "secondary"}>
      {outcome.open(newer.version)}
    </ButtonLink>
  );
  const ask = business && <ContactButton branding={business} about={aboutProposal(proposal)} />;
  const goOn = open ?? (canWrite ? <OfferProposal projectId={proposal.project_id} isAnother /> : ask);
  const lastDay = proposal.valid_until_day && formatDay(proposal.valid_until_day);
  const isToAsk = !canWrite && !newer;
  switch (proposal.status) {
    case "SENT":
      if (proposal.is_closed)
        return (
          <Notice tone="warn" title={outcome.closed.title} actions={!canWrite && ask}>
            {canWrite ? outcome.closed.staff(proposal.organization.name) : outcome.closed.client}
          </Notice>
        );
      if (!canWrite) return null;
      return proposal.undelivered.length > 0 ? <NotDelivered proposal={proposal} /> : <AwaitingClient proposal={proposal} />;
    case "APPROVED":
      return (
        <Notice tone="ok" title={<Decided proposal={proposal} words={outcome.approved} />} actions={pay}>
          {isSignedOtherwise(proposal) && outcome.approved.signedAs(proposal.decided_name)}
        </Notice>
      );
    case "CHANGES_REQUESTED":
      return (
        <Notice tone="warn" title={<Decided proposal={proposal} words={outcome.changesRequested} />} actions={open ?? (!canWrite && ask)}>
          {note}
          {canWrite ? newer && outcome.changesRequested.staff(newer.version) : isToAsk && business && outcome.changesRequested.client(business.name)}
        </Notice>
      );
    case "DECLINED":
      return (
        <Notice tone="bad" title={<Decided proposal={proposal} words={outcome.declined} />} actions={goOn}>
          {note}
          {isToAsk && outcome.declined.client}
        </Notice>
      );
    case "EXPIRED":
      return (
        <Notice tone="warn" title={lastDay ? outcome.expired.on(lastDay) : outcome.expired.title} actions={goOn}>
          {isToAsk && outcome.expired.client}
        </Notice>
      );
    case "SUPERSEDED":
      return (
        <Notice title={outcome.replaced.title} actions={open}>
          {newer && outcome.replaced.hint(newer.version)}
        </Notice>
      );
    default:
      return null;
  }
}

/** Says what was decided, by whom and when. */
export function Decided({ proposal, words }: { proposal: ProposalOut; words: { on: string; by: (name: string) => string } }) {
  // Anybody may type the name of somebody else: our own sentence names the account, unless an earlier release kept none.
  const name = proposal.decided_by_name ?? proposal.decided_name;
  return <RichText text={name ? words.by(name) : words.on} parts={{ day: () => proposal.decided_at && <DateTime at={proposal.decided_at} isFull /> }} />;
}

function isSignedOtherwise(proposal: ProposalOut): proposal is ProposalOut & { decided_name: string } {
  return Boolean(proposal.decided_name && proposal.decided_by_name && proposal.decided_name !== proposal.decided_by_name);
}
