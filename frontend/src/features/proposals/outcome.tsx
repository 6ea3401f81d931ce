import type { ReactNode } from "react";
import type { ProposalOut } from "@/api/generated";
import { useCan } from "@/lib/session/me";
import { DateTime } from "@/ui/patterns/relative-time";
import { ButtonLink } from "@/ui/primitives/link";
import { Notice } from "@/ui/primitives/notice";
import { WriteProposal } from "./next-proposal";
import { useNewerVersion } from "./versions";

/** Says how the proposal ended, and leads on: to the newer version, or to another proposal. */
export function Outcome({ proposal, pay }: { proposal: ProposalOut; pay?: ReactNode }) {
  const canWrite = useCan("proposals:write");
  const newer = useNewerVersion(proposal);
  const note = proposal.decision_note && <p className="whitespace-pre-line">“{proposal.decision_note}”</p>;
  const open = newer && (
    <ButtonLink to="/proposals/$proposalId" params={{ proposalId: newer.id }} variant={canWrite ? "primary" : "secondary"}>
      Open version {newer.version}
    </ButtonLink>
  );
  const goOn = open ?? (canWrite && <WriteProposal projectId={proposal.project_id} isAnother />);
  switch (proposal.status) {
    case "APPROVED":
      return (
        <Notice tone="ok" title={`Approved${proposal.decided_name ? ` by ${proposal.decided_name}` : ""}`} actions={pay}>
          {proposal.decided_at && (
            <>
              On <DateTime at={proposal.decided_at} />. It can no longer be changed.
            </>
          )}
        </Notice>
      );
    case "CHANGES_REQUESTED":
      return (
        <Notice tone="warn" title="Changes requested" actions={open}>
          {note}
          {canWrite ? newer && `Version ${newer.version} is a draft, ready for you to revise.` : "We’ll send you a revised version."}
        </Notice>
      );
    case "DECLINED":
      return (
        <Notice tone="bad" title="Declined" actions={goOn}>
          {note}
        </Notice>
      );
    case "EXPIRED":
      return (
        <Notice tone="warn" title="This proposal has expired" actions={goOn}>
          {!canWrite && !newer && "Contact us if you would still like to go ahead."}
        </Notice>
      );
    case "SUPERSEDED":
      return (
        <Notice title="This version has been replaced" actions={open}>
          {newer && `Version ${newer.version} is the current one.`}
        </Notice>
      );
    default:
      return null;
  }
}
