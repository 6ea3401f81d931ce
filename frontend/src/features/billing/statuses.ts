import type { InvoiceStatus } from "@/api/generated";
import { allInOrder } from "@/lib/all-in-order";

/** The states of an invoice. */
export const INVOICE_STATUS_ORDER = allInOrder<InvoiceStatus>({ ISSUED: true, PAID: true, VOID: true });
