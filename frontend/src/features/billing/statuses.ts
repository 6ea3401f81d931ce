import type { InvoiceStatus } from "@/api/generated";

/** The states of an invoice. */
export const INVOICE_STATUS_ORDER: readonly InvoiceStatus[] = ["ISSUED", "PAID", "VOID"];
