import { useMutation } from "@tanstack/react-query";
import { dismissProposal, undoProposalDismissal } from "@/api/generated";
import { getDashboardQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { toApiError } from "@/lib/problem";
import { every, useRefresh } from "@/lib/refresh";
import { CloseIcon } from "@/ui/icon";
import { IconButton } from "@/ui/primitives/button";
import { useToast } from "@/ui/primitives/toast";
import { dismissal } from "./texts";

/** Takes what came of a proposal off the reader's list; the proposal stays as it is. */
export function DismissButton({ proposalId, title }: { proposalId: string; title: string }) {
  const refresh = useRefresh();
  const toast = useToast();
  // The row is gone by then, and its list with the others: what happens is told by the list, or by another toast.
  const undo = useMutation({
    mutationFn: () => undoProposalDismissal({ path: { proposal_id: proposalId }, throwOnError: true }),
    onError: () => toast(dismissal.notUndone, dismissal.stays),
    onSettled: () => refresh([getDashboardQueryKey(), every("listAuditEvents")]),
  });
  const dismiss = useMutation({
    mutationFn: () => dismissProposal({ path: { proposal_id: proposalId }, throwOnError: true }),
    onSuccess: () => toast(dismissal.done, dismissal.stays, { label: dismissal.undo, run: () => undo.mutate() }),
    // A refusal means that somebody has gone on with it: the list says how it stands.
    onSettled: () => refresh([getDashboardQueryKey(), every("listAuditEvents")]),
  });
  return (
    <span className="flex flex-col items-end gap-1 pr-3 max-sm:pr-2">
      <IconButton icon={CloseIcon} label={dismissal.verbOf(title)} title={dismissal.verb} isBusy={dismiss.isPending} onClick={() => dismiss.mutate()} />
      {dismiss.error && (
        <span role="alert" className="max-w-44 text-right text-sm text-bad">
          {toApiError(dismiss.error).detail}
        </span>
      )}
    </span>
  );
}
