import { recall, remember } from "@/lib/browser-memory";

/** Remembers the viewing link that a payment began on, so that the payer comes back to it. */
interface PaidFromLink {
  paymentIntentId: string;
  proposalId: string;
  token: string;
}

const NAME = "paid-from-link";

/** Keeps it for this tab. The link is a secret: the payment provider is never told which one was used. */
export function keepPaidFromLink(kept: PaidFromLink): void {
  remember(NAME, kept, "sessionStorage");
}

/** Gives the token of the link on which a payment, or the payment of a proposal, began last; nothing where it was none. */
export function paidFromLink(payment: Partial<Pick<PaidFromLink, "paymentIntentId" | "proposalId">>): string | undefined {
  const kept = recall(NAME, "sessionStorage");
  if (!isPaidFromLink(kept)) return undefined;
  const isSame = payment.paymentIntentId ? kept.paymentIntentId === payment.paymentIntentId : kept.proposalId === payment.proposalId;
  return isSame ? kept.token : undefined;
}

function isPaidFromLink(kept: unknown): kept is PaidFromLink {
  return typeof kept === "object" && kept !== null && ["paymentIntentId", "proposalId", "token"].every((name) => typeof (kept as Record<string, unknown>)[name] === "string");
}
