import { useMutation } from "@tanstack/react-query";
import { sendProposal, type ProposalOut } from "@/api/generated";
import { toApiError } from "@/lib/problem";
import { useRefresh } from "@/lib/refresh";
import { formatMoney } from "@/ui/patterns/money-format";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { Notice } from "@/ui/primitives/notice";
import { useToast } from "@/ui/primitives/toast";
import { changedByStep } from "./changes";

/** Asks once before a proposal leaves the house. */
export function SendDialog({ proposal, onClose }: { proposal: ProposalOut; onClose: () => void }) {
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
    onSuccess: async () => {
      await refresh(changedByStep(proposal));
      onClose();
      toast("Proposal sent", `To the owners of ${proposal.organization.name}`);
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Send “${proposal.title}”?`}
      description={`Version ${proposal.version} over ${formatMoney(proposal.total)} goes to the owners of ${proposal.organization.name}. It is locked from then on.`}
      verb="Send proposal"
      isBusy={send.isPending}
      onConfirm={() => send.mutate()}
    >
      {send.error && <Notice tone="bad" title={toApiError(send.error).detail} />}
    </ConfirmDialog>
  );
}
