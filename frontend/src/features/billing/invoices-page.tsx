import { useQuery } from "@tanstack/react-query";
import { exportInvoices } from "@/api/generated";
import { exportQuery } from "@/lib/list/address";
import { byClient, byDays, byStatus } from "@/lib/list/filter-parts";
import { ListPage } from "@/lib/list/list-page";
import { useCan } from "@/lib/session/me";
import { MoneyIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { invoiceColumns, invoiceLink } from "./invoice-columns";
import { INVOICE_STATUSES } from "./invoice-status";
import { INVOICE_ORDER, type InvoiceFilter } from "./list";
import { summedInvoicesOptions } from "./queries";
import { columns, invoiceList } from "./texts";

const FILTERS = [byStatus(INVOICE_STATUSES), byClient, byDays(columns.issued)];

/** Lists invoices. */
export function InvoicesPage({ filter, onFilter }: { filter: InvoiceFilter; onFilter: (filter: InvoiceFilter) => void }) {
  const query = useQuery(summedInvoicesOptions(filter));
  const hasClients = useCan("organizations:list");
  return (
    <ListPage
      title={invoiceList.title}
      noun={invoiceList.noun}
      searched={invoiceList.searched}
      filters={FILTERS}
      columns={invoiceColumns({ hasClients, sums: query.data?.sums })}
      defaultSort={INVOICE_ORDER}
      query={query}
      filter={filter}
      onFilter={onFilter}
      exported={{ name: "invoices.csv", load: () => exportInvoices({ query: exportQuery({ ...filter, sort: filter.sort ?? INVOICE_ORDER }), parseAs: "blob", throwOnError: true }) }}
      rowKey={(row) => row.id}
      rowLink={invoiceLink}
      empty={
        <EmptyState icon={MoneyIcon} title={invoiceList.empty.title}>
          {invoiceList.empty.hint}
        </EmptyState>
      }
    />
  );
}
