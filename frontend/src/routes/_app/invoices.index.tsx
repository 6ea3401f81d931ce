import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { InvoicesPage } from "@/features/billing/invoices-page";
import { invoiceListOptions, type InvoiceFilter } from "@/features/billing/queries";
import { INVOICE_STATUS_ORDER } from "@/features/billing/statuses";
import { readListFilter } from "@/lib/list-filter";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/invoices/")({
  validateSearch: (search): InvoiceFilter => readListFilter(search, INVOICE_STATUS_ORDER),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => warm(context.queryClient, invoiceListOptions(deps)),
  component: Invoices,
});

function Invoices() {
  const filter = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  const onFilter = useCallback((search: InvoiceFilter) => void navigate({ search, replace: true }), [navigate]);
  return <InvoicesPage filter={filter} onFilter={onFilter} />;
}
