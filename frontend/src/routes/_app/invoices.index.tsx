import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { InvoicesPage } from "@/features/billing/invoices-page";
import { INVOICE_LIST, type InvoiceFilter } from "@/features/billing/list";
import { invoiceListOptions } from "@/features/billing/queries";
import { readListFilter } from "@/lib/list/address";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/invoices/")({
  validateSearch: (search): InvoiceFilter => readListFilter(search, INVOICE_LIST),
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
