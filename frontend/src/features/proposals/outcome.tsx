import type { ReactNode } from "react";
import type { BrandingOut, ProposalOut } from "@/api/generated";
import { ContactLink } from "@/lib/business-contact";
import { formatDay } from "@/ui/patterns/day-format";
import { useBranding } from "@/lib/face";
import { useCan } from "@/lib/session/me";
import { DateTime } from "@/ui/patterns/relative-time";
import { RichText } from "@/ui/patterns/rich-text";
import { ButtonLink } from "@/ui/primitives/link";
import { Notice } from "@/ui/primitives/notice";
import { AwaitingClient } from "./awaiting-client";
import { OfferProposal } from "./next-proposal";
import { outcome } from "./texts/decisions";
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
  const goOn = open ?? (canWrite && <OfferProposal projectId={proposal.project_id} isAnother />);
  const lastDay = proposal.valid_until_day && formatDay(proposal.valid_until_day);
  const isToAsk = !canWrite && !newer && business !== undefined;
  switch (proposal.status) {
    case "SENT":
      return canWrite && <AwaitingClient proposal={proposal} />;
    case "APPROVED":
      return (
        <Notice tone="ok" title={<Decided proposal={proposal} words={outcome.approved} />} actions={pay}>
          {isSignedOtherwise(proposal) && outcome.approved.signedAs(proposal.decided_name)}
        </Notice>
      );
    case "CHANGES_REQUESTED":
      return (
        <Notice tone="warn" title={<Decided proposal={proposal} words={outcome.changesRequested} />} actions={open}>
          {note}
          {canWrite ? newer && outcome.changesRequested.staff(newer.version) : business && outcome.changesRequested.client(business.name)}
        </Notice>
      );
    case "DECLINED":
      return (
        <Notice tone="bad" title={<Decided proposal={proposal} words={outcome.declined} />} actions={goOn}>
          {note}
          {isToAsk && <AskBusiness branding={business} words={outcome.declined.client} />}
        </Notice>
      );
    case "EXPIRED":
      return (
        <Notice tone="warn" title={lastDay ? outcome.expired.on(lastDay) : outcome.expired.title} actions={goOn}>
          {isToAsk && <AskBusiness branding={business} words={outcome.expired.client} />}
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

function Decided({ proposal, words }: { proposal: ProposalOut; words: { on: string; by: (name: string) => string } }) {
  // Anybody may type the name of somebody else: our own sentence names the account, unless an earlier release kept none.
  const name = proposal.decided_by_name ?? proposal.decided_name;
  return <RichText text={name ? words.by(name) : words.on} parts={{ day: () => proposal.decided_at && <DateTime at={proposal.decided_at} isFull /> }} />;
}

function isSignedOtherwise(proposal: ProposalOut): proposal is ProposalOut & { decided_name: string } {
  return Boolean(proposal.decided_name && proposal.decided_by_name && proposal.decided_name !== proposal.decided_by_name);
}

function AskBusiness({ branding, words }: { branding: BrandingOut; words: (business: string) => string }) {
  return (
    <p>
      <RichText text={words(branding.name)} parts={{ contact: (link) => <ContactLink branding={branding}>{link}</ContactLink> }} />
    </p>
  );
}
