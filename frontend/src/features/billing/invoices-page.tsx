import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { countOf, ListView } from "@/lib/list-view";
import { useCan } from "@/lib/session/me";
import { MoneyIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { FilterBar, FilterSearch, FilterSelect } from "@/ui/patterns/filter-bar";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";
import { INVOICE_STATUSES } from "./invoice-status";
import { InvoiceTable } from "./invoice-table";
import { invoiceListOptions, type InvoiceFilter } from "./queries";
import { INVOICE_STATUS_ORDER } from "./statuses";

const OPTIONS = INVOICE_STATUS_ORDER.map((value) => ({ value, label: INVOICE_STATUSES[value].label }));

/** Lists invoices; the filter lives in the address. */
export function InvoicesPage({ filter, onFilter }: { filter: InvoiceFilter; onFilter: (filter: InvoiceFilter) => void }) {
  const query = useQuery(invoiceListOptions(filter));
  const hasClients = useCan("organizations:list");
  const isFiltered = Boolean(filter.q ?? filter.status);
  const search = useCallback((q: string) => onFilter({ ...filter, q: q || undefined, page: undefined }), [filter, onFilter]);
  return (
    <Page>
      <PageHeader title="Invoices" />
      <div className="flex flex-col gap-4">
        <FilterBar count={countOf(query.data)} onClear={isFiltered ? () => onFilter({}) : undefined}>
          <FilterSearch label="Find invoices" placeholder="Number or title" value={filter.q ?? ""} onChange={search} />
          <FilterSelect
            label="Status"
            value={filter.status ?? ""}
            options={OPTIONS}
            onChange={(value) => onFilter({ ...filter, status: INVOICE_STATUS_ORDER.find((status) => status === value), page: undefined })}
          />
        </FilterBar>
        <ListView
          query={query}
          noun="invoices"
          isFiltered={isFiltered}
          onClear={() => onFilter({})}
          onPage={(page) => onFilter({ ...filter, page })}
          empty={
            <EmptyState icon={MoneyIcon} title="No invoices yet">
              An invoice appears the moment a proposal is paid, with its number and its PDF.
            </EmptyState>
          }
        >
          {(rows) => <InvoiceTable rows={rows} hasClients={hasClients} />}
        </ListView>
      </div>
    </Page>
  );
}
