import { useMutation } from "@tanstack/react-query";
import { getInvoicePdf } from "@/api/generated";
import { toApiError } from "@/lib/problem";
import { saveFile } from "@/lib/save-file";
import { DownloadIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";

/** Downloads the invoice's document; says so while it is still being written. */
export function InvoicePdfButton({ invoiceId, number, isReady }: { invoiceId: string; number: string; isReady: boolean }) {
  const download = useMutation({
    mutationFn: async () => {
      const { data } = await getInvoicePdf({ path: { invoice_id: invoiceId }, parseAs: "blob", throwOnError: true });
      saveFile(data, `${number}.pdf`);
    },
  });
  return (
    <span className="flex flex-col items-end gap-1 max-sm:items-stretch">
      <Button variant="primary" icon={DownloadIcon} isBusy={download.isPending || !isReady} onClick={() => download.mutate()}>
        {isReady ? "Download PDF" : "Writing the PDF"}
      </Button>
      {download.error && (
        <span role="alert" className="text-sm text-bad">
          {toApiError(download.error).detail}
        </span>
      )}
    </span>
  );
}
