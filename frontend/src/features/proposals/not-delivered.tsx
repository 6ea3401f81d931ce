import type { ProposalOut } from "@/api/generated";
import { Notice } from "@/ui/primitives/notice";
import { SendAgain } from "./send-again";
import { undelivered } from "./texts/send";

/** Tells staff which of a proposal's e-mails did not arrive, and why, and offers to send it again. */
export function NotDelivered({ proposal }: { proposal: ProposalOut }) {
  const { name } = proposal.organization;
  return (
    <Notice tone="bad" title={undelivered.title(proposal.version)} actions={<SendAgain proposal={proposal} isPrimary />}>
      {proposal.undelivered.map(({ recipient, reason }) => (
        <p key={`${recipient ?? ""} ${reason}`} className="wrap-anywhere">
          {undelivered.reasons[reason](recipient ?? name)}
        </p>
      ))}
    </Notice>
  );
}
