import type { InvoiceStatus } from "@/api/generated";
import { DoneMark, NoneMark, WaitingMark } from "@/ui/icon";
import { statusPill, type StatusLooks } from "@/ui/patterns/status-pill";
import { statuses } from "./texts";

/** The states of an invoice with the words used everywhere. */
export const INVOICE_STATUSES: StatusLooks<InvoiceStatus> = {
  ISSUED: { label: statuses.ISSUED, tone: "info", icon: WaitingMark },
  PAID: { label: statuses.PAID, tone: "ok", icon: DoneMark },
  VOID: { label: statuses.VOID, tone: "neutral", icon: NoneMark },
};

/** Says an invoice's status. */
export const InvoicePill = statusPill(INVOICE_STATUSES);
