import { useMutation } from "@tanstack/react-query";
import { sendProposal, type ProposalOut } from "@/api/generated";
import { getProposalQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { FailureNotice } from "@/lib/failure/failure-notice";
import { isStatus } from "@/lib/problem";
import { useRefresh } from "@/lib/refresh";
import { formatMoney } from "@/ui/patterns/money-format";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { useToast } from "@/ui/primitives/toast";
import { changedByStep } from "./changes";
import { sending } from "./texts/send";

export interface SendDialogProps {
  /** The draft that its sender sees. */
  proposal: ProposalOut;
  onClose: () => void;
  /** Follows when somebody else has saved another one. */
  onShowNewest: () => void;
}

/** Asks once before a proposal leaves the house. */
export function SendDialog({ proposal, onClose, onShowNewest }: SendDialogProps) {
  const refresh = useRefresh();
  const toast = useToast();
  const send = useMutation({
    mutationFn: () =>
      sendProposal({
        path: { proposal_id: proposal.id },
        // What is sent is what the sender has seen.
        headers: { "If-Match": `"${String(proposal.revision)}"` },
        throwOnError: true,
      }),
    // A refusal means that the draft is not what it was.
    onError: () => refresh([getProposalQueryKey({ path: { proposal_id: proposal.id } })]),
    onSuccess: async () => {
      await refresh(changedByStep(proposal));
      onClose();
      toast(sending.done, sending.to(proposal.organization.name));
    },
  });
  const isOutdated = isStatus(send.error, 412);
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={sending.question(proposal.title)}
      description={sending.description(proposal.version, formatMoney(proposal.total), proposal.organization.name)}
      verb={isOutdated ? sending.showLatest : sending.send}
      isBusy={send.isPending}
      onConfirm={isOutdated ? onShowNewest : () => send.mutate()}
    >
      <FailureNotice of={send} />
    </ConfirmDialog>
  );
}
