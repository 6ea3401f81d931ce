import type { ProposalOut } from "@/api/generated";
import { Button } from "@/ui/primitives/button";
import { Dialog } from "@/ui/primitives/dialog";
import { Decided } from "./outcome";
import { outcome, tooLate } from "./texts/decisions";

/** Says in place of a decision's form that a colleague has decided meanwhile, or that the offer has ended or is closed. */
export function TooLateDialog({ proposal, onClose }: { proposal: ProposalOut; onClose: () => void }) {
  return (
    <Dialog isOpen onOpenChange={onClose} title={<WhatCame proposal={proposal} />} description={tooLate.hint} actions={<Button onClick={onClose}>{tooLate.close}</Button>} />
  );
}

function WhatCame({ proposal }: { proposal: ProposalOut }) {
  switch (proposal.status) {
    case "APPROVED":
      return <Decided proposal={proposal} words={outcome.approved} />;
    case "CHANGES_REQUESTED":
      return <Decided proposal={proposal} words={outcome.changesRequested} />;
    case "DECLINED":
      return <Decided proposal={proposal} words={outcome.declined} />;
    case "SENT":
      return outcome.closed.title;
    case "EXPIRED":
      return outcome.expired.title;
    default:
      return outcome.replaced.title;
  }
}
