import type { InvoiceStatus, ListInvoicesData } from "@/api/generated";
import { bothWays, type ListFilter, type ListKind, type SortOf } from "@/lib/list/address";
import { INVOICE_STATUS_ORDER } from "./statuses";

export type InvoiceSort = SortOf<ListInvoicesData>;
const SORTS: readonly InvoiceSort[] = bothWays("created_at", "issued_at", "number", "total");

/** The order where the address names none: that of a column, so that its head says so. */
export const INVOICE_ORDER: InvoiceSort = "-issued_at";

export interface InvoiceFilter extends ListFilter<InvoiceStatus, InvoiceSort> {
  project_id?: string | undefined;
}

/** What the list of invoices can be narrowed and sorted by. */
export const INVOICE_LIST: ListKind<InvoiceStatus, InvoiceSort> = { statuses: INVOICE_STATUS_ORDER, sorts: SORTS, takes: ["q", "org_id", "days"] };
