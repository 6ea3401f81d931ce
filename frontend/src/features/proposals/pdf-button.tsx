import { useMutation } from "@tanstack/react-query";
import { downloadProposal, downloadSharedProposal } from "@/api/generated";
import { toApiError } from "@/lib/problem";
import { saveFile } from "@/lib/save-file";
import { DownloadIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";

/** Downloads a proposal as PDF, with the reader's own right to it or by its viewing link. */
export function PdfButton({ proposalId, token, name }: { proposalId?: string; token?: string; name: string }) {
  const download = useMutation({
    mutationFn: async () => {
      const { data } = token
        ? await downloadSharedProposal({ path: { token }, parseAs: "blob", throwOnError: true })
        : await downloadProposal({ path: { proposal_id: proposalId ?? "" }, parseAs: "blob", throwOnError: true });
      saveFile(data, name);
    },
  });
  return (
    <span className="flex flex-col items-end gap-1 max-sm:items-stretch">
      <Button icon={DownloadIcon} isBusy={download.isPending} onClick={() => download.mutate()}>
        PDF
      </Button>
      {download.error && (
        <span role="alert" className="text-sm text-bad">
          {toApiError(download.error).detail}
        </span>
      )}
    </span>
  );
}
