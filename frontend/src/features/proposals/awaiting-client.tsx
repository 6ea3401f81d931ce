import { useState } from "react";
import type { ProposalOut } from "@/api/generated";
import { useMe } from "@/lib/session/me";
import { CopyIcon } from "@/ui/icon";
import { formatDay } from "@/ui/patterns/day-format";
import { Button } from "@/ui/primitives/button";
import { Notice } from "@/ui/primitives/notice";
import { useToast } from "@/ui/primitives/toast";
import { SendAgain } from "./send-again";
import { awaiting } from "./texts/decisions";

/** Tells staff whom a proposal waits for and until when, and hands them the link to pass on: its page is the client's, too. */
export function AwaitingClient({ proposal }: { proposal: ProposalOut }) {
  const [isBlocked, setBlocked] = useState(false);
  const toast = useToast();
  const isSender = useMe().id === proposal.sent_by;
  const lastDay = proposal.valid_until_day && formatDay(proposal.valid_until_day);
  const { name } = proposal.organization;
  async function copy() {
    try {
      await navigator.clipboard.writeText(`${window.location.origin}/proposals/${proposal.id}`);
      setBlocked(false);
      toast(awaiting.copied(name));
    } catch {
      // Without HTTPS, or by the reader's settings, a page may not write to the clipboard.
      setBlocked(true);
    }
  }
  return (
    <Notice
      title={awaiting.title(name)}
      actions={
        <>
          <SendAgain proposal={proposal} />
          <Button icon={CopyIcon} onClick={() => void copy()}>
            {awaiting.copy}
          </Button>
        </>
      }
    >
      {lastDay && `${awaiting.hint(lastDay)} ${isSender ? awaiting.mail.yours : awaiting.mail.others}`}
      {isBlocked && <p role="alert">{awaiting.notCopied}</p>}
    </Notice>
  );
}
