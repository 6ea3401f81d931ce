import { useQuery } from "@tanstack/react-query";
import { ListPage } from "@/lib/list-page";
import { useCan } from "@/lib/session/me";
import { MoneyIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { INVOICE_STATUSES } from "./invoice-status";
import { InvoiceTable } from "./invoice-table";
import { invoiceListOptions, type InvoiceFilter } from "./queries";

/** Lists invoices. */
export function InvoicesPage({ filter, onFilter }: { filter: InvoiceFilter; onFilter: (filter: InvoiceFilter) => void }) {
  const query = useQuery(invoiceListOptions(filter));
  const hasClients = useCan("organizations:list");
  return (
    <ListPage
      title="Invoices"
      noun="invoices"
      searched="Number or title"
      looks={INVOICE_STATUSES}
      query={query}
      filter={filter}
      onFilter={onFilter}
      empty={
        <EmptyState icon={MoneyIcon} title="No invoices yet">
          An invoice appears the moment a proposal is paid, with its number and its PDF.
        </EmptyState>
      }
    >
      {(rows) => <InvoiceTable rows={rows} hasClients={hasClients} />}
    </ListPage>
  );
}
