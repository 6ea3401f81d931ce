import { useMutation } from "@tanstack/react-query";
import { exportAuditEvents } from "@/api/generated";
import { toApiError } from "@/lib/problem";
import { saveFile } from "@/lib/save-file";
import { DownloadIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import { auditQuery, type AuditFilter } from "./queries";

/** Downloads everything that fits the filter, all pages of it. */
export function CsvButton({ filter }: { filter: AuditFilter }) {
  const download = useMutation({
    mutationFn: async () => {
      const query = auditQuery({ ...filter, page: undefined });
      const { data } = await exportAuditEvents({ query, parseAs: "blob", throwOnError: true });
      saveFile(data as unknown as Blob, `audit-${new Date().toISOString().slice(0, 10)}.csv`);
    },
  });
  return (
    <span className="flex flex-col items-end gap-1 max-sm:items-stretch">
      <Button icon={DownloadIcon} isBusy={download.isPending} onClick={() => download.mutate()}>
        CSV
      </Button>
      {download.error && (
        <span role="alert" className="text-sm text-bad">
          {toApiError(download.error).detail}
        </span>
      )}
    </span>
  );
}
