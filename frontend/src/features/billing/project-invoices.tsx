import { useQuery } from "@tanstack/react-query";
import { ListView } from "@/lib/list-view";
import { MoneyIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { InvoiceTable } from "./invoice-table";
import { invoiceListOptions } from "./queries";

/** Lists one project's invoices. */
export function ProjectInvoices({ projectId }: { projectId: string }) {
  const query = useQuery(invoiceListOptions({ project_id: projectId }));
  return (
    <ListView
      query={query}
      noun="invoices"
      empty={
        <EmptyState icon={MoneyIcon} title="No invoice yet">
          It is issued the moment the approved proposal is paid.
        </EmptyState>
      }
    >
      {(rows) => <InvoiceTable rows={rows} hasClients={false} hasProject={false} />}
    </ListView>
  );
}
