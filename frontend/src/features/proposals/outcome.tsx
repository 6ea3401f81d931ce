import type { ReactNode } from "react";
import type { ProposalOut } from "@/api/generated";
import { ContactLink } from "@/lib/business-contact";
import { useBranding } from "@/lib/face";
import { useCan } from "@/lib/session/me";
import { DateTime } from "@/ui/patterns/relative-time";
import { RichText } from "@/ui/patterns/rich-text";
import { ButtonLink } from "@/ui/primitives/link";
import { Notice } from "@/ui/primitives/notice";
import { OfferProposal } from "./next-proposal";
import { outcome } from "./texts/decisions";
import { useNewerVersion } from "./versions";

/** Says how the proposal ended, and leads on: to the newer version, or to another proposal. */
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
  switch (proposal.status) {
    case "APPROVED":
      return (
        <Notice tone="ok" title={proposal.decided_name ? outcome.approved.by(proposal.decided_name) : outcome.approved.title} actions={pay}>
          {proposal.decided_at && <ApprovedOn at={proposal.decided_at} />}
        </Notice>
      );
    case "CHANGES_REQUESTED":
      return (
        <Notice tone="warn" title={outcome.changesRequested.title} actions={open}>
          {note}
          {canWrite ? newer && outcome.changesRequested.staff(newer.version) : business && outcome.changesRequested.client(business.name)}
        </Notice>
      );
    case "DECLINED":
      return (
        <Notice tone="bad" title={outcome.declined} actions={goOn}>
          {note}
        </Notice>
      );
    case "EXPIRED":
      return (
        <Notice tone="warn" title={outcome.expired.title} actions={goOn}>
          {!canWrite && !newer && business && (
            <RichText text={outcome.expired.client(business.name)} parts={{ contact: (words) => <ContactLink branding={business}>{words}</ContactLink> }} />
          )}
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

function ApprovedOn({ at }: { at: string }) {
  return <RichText text={outcome.approved.hint} parts={{ day: () => <DateTime at={at} /> }} />;
}
