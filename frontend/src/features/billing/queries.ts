import { keepPreviousData } from "@tanstack/react-query";
import { getInvoiceOptions, getPaymentIntentOptions, listInvoicesOptions } from "@/api/generated/@tanstack/react-query.gen";
import { listQuery } from "@/lib/list/address";
import { INVOICE_ORDER, type InvoiceFilter } from "./list";

/** How to ask for a page of invoices. */
export function invoiceListOptions(filter: InvoiceFilter) {
  return { ...listInvoicesOptions({ query: listQuery({ ...filter, sort: filter.sort ?? INVOICE_ORDER }) }), placeholderData: keepPreviousData };
}

/** The same for the list of all projects, with what everything that it finds comes to. */
export function summedInvoicesOptions(filter: InvoiceFilter) {
  return { ...listInvoicesOptions({ query: { ...listQuery({ ...filter, sort: filter.sort ?? INVOICE_ORDER }), sums: true } }), placeholderData: keepPreviousData };
}

/** How to ask for one invoice. Its PDF follows within seconds: until then the page asks again. */
export function invoiceOptions(invoiceId: string) {
  return getInvoiceOptions({ path: { invoice_id: invoiceId } });
}

/** How to ask how a payment stands. */
export function paymentIntentOptions(paymentIntentId: string) {
  return getPaymentIntentOptions({ path: { payment_intent_id: paymentIntentId } });
}
