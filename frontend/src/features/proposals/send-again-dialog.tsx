import { useMutation } from "@tanstack/react-query";
import { sendProposalAgain, type ProposalOut } from "@/api/generated";
import { getProposalQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { toApiError } from "@/lib/problem";
import { useRefresh } from "@/lib/refresh";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { Notice } from "@/ui/primitives/notice";
import { useToast } from "@/ui/primitives/toast";
import { changedByStep } from "./changes";
import { sending, sendingAgain } from "./texts/send";

/** Asks once before a proposal is e-mailed again. */
export default function SendAgainDialog({ proposal, onClose }: { proposal: ProposalOut; onClose: () => void }) {
  const refresh = useRefresh();
  const toast = useToast();
  const send = useMutation({
    mutationFn: () => sendProposalAgain({ path: { proposal_id: proposal.id }, throwOnError: true }),
    // A refusal means that the proposal is not what it was.
    onError: () => refresh([getProposalQueryKey({ path: { proposal_id: proposal.id } })]),
    onSuccess: async () => {
      await refresh(changedByStep(proposal));
      onClose();
      toast(sendingAgain.done, sending.to(proposal.organization.name));
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={sendingAgain.question(proposal.title)}
      description={sendingAgain.description(proposal.version, proposal.organization.name)}
      verb={sendingAgain.send}
      isBusy={send.isPending}
      onConfirm={() => send.mutate()}
    >
      {send.error && <Notice tone="bad" title={toApiError(send.error).detail} />}
    </ConfirmDialog>
  );
}
