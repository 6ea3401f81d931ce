import { useQuery } from "@tanstack/react-query";
import { exportInvoices } from "@/api/generated";
import { exportQuery } from "@/lib/list/address";
import { List } from "@/lib/list/list";
import { MoneyIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { invoiceColumns, invoiceLink } from "./invoice-columns";
import { INVOICE_ORDER, type InvoiceFilter } from "./list";
import { invoiceListOptions } from "./queries";
import { invoiceList } from "./texts";

const COLUMNS = invoiceColumns({ hasClients: false, hasProject: false });

/** Lists one project's invoices. */
export function ProjectInvoices({ projectId, filter, onFilter }: { projectId: string; filter: InvoiceFilter; onFilter: (filter: InvoiceFilter) => void }) {
  const query = useQuery(invoiceListOptions({ ...filter, project_id: projectId }));
  return (
    <List
      label={invoiceList.title}
      noun={invoiceList.noun}
      columns={COLUMNS}
      defaultSort={INVOICE_ORDER}
      query={query}
      filter={filter}
      onFilter={onFilter}
      exported={{ name: "invoices.csv", load: () => exportInvoices({ query: exportQuery({ ...filter, sort: filter.sort ?? INVOICE_ORDER, project_id: projectId }), parseAs: "blob", throwOnError: true }) }}
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
