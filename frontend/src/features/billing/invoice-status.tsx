import type { InvoiceStatus } from "@/api/generated";
import { DoneMark, NoneMark, WaitingMark, type IconShape } from "@/ui/icon";
import { Pill, type Tone } from "@/ui/primitives/pill";

/** The states of an invoice with the words used everywhere. */
export const INVOICE_STATUSES: Record<InvoiceStatus, { label: string; tone: Tone; icon: IconShape }> = {
  ISSUED: { label: "Open", tone: "info", icon: WaitingMark },
  PAID: { label: "Paid", tone: "ok", icon: DoneMark },
  VOID: { label: "Void", tone: "neutral", icon: NoneMark },
};

/** Says an invoice's status. */
export function InvoicePill({ status }: { status: InvoiceStatus }) {
  const look = INVOICE_STATUSES[status];
  return (
    <Pill tone={look.tone} icon={look.icon}>
      {look.label}
    </Pill>
  );
}
