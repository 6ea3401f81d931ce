import { useMutation, useQuery } from "@tanstack/react-query";
import { openCheckout, type ProposalOut } from "@/api/generated";
import { FailureLine } from "@/lib/failure/failure-line";
import { isStatus } from "@/lib/problem";
import { every, useRefresh } from "@/lib/refresh";
import { useCan, useMe } from "@/lib/session/me";
import { MoneyIcon } from "@/ui/icon";
import { formatMoney } from "@/ui/patterns/money-format";
import { Button } from "@/ui/primitives/button";
import { ButtonLink } from "@/ui/primitives/link";
import { keepPaidFromLink } from "./paid-from-link";
import { invoiceListOptions } from "./queries";
import { payButton } from "./texts";

export interface PayButtonProps {
  proposal: ProposalOut;
  /** The token of the viewing link whose page this is, if it is one. */
  link?: string;
  /** Whether the reader came back from the payment page without paying. */
  isBack?: boolean;
}

/**
 * Leads to the payment page of an approved proposal, or to the invoice once it is paid. Who cannot pay reads who can; while
 * money is on its way or being checked everybody reads so, and nobody pays.
 */
export function PayButton({ proposal, link, isBack = false }: PayButtonProps) {
  const canPay = useCan("proposals:pay");
  const { organization } = useMe();
  const invoices = useQuery(invoiceListOptions({ project_id: proposal.project_id }));
  const refresh = useRefresh();
  const checkout = useMutation({
    mutationFn: async () => (await openCheckout({ path: { proposal_id: proposal.id }, throwOnError: true })).data,
    onSuccess: ({ payment_intent_id: paymentIntentId, url }) => {
      if (link) keepPaidFromLink({ paymentIntentId, proposalId: proposal.id, token: link });
      window.location.assign(url);
    },
    onError: (error) => {
      // Paid meanwhile, perhaps in another tab: the invoice says so, or the proposal that the money is on its way.
      if (isStatus(error, 409)) void refresh([every("listInvoices"), every("getProposal"), every("listProposals")]);
    },
  });
  const invoice = invoices.data?.items.find((row) => row.proposal_id === proposal.id);
  if (invoice)
    return (
      <ButtonLink to="/invoices/$invoiceId" params={{ invoiceId: invoice.id }} icon={MoneyIcon} className="max-sm:w-full">
        {payButton.invoice(invoice.number)}
      </ButtonLink>
    );
  const isPayable = proposal.payment === null || ["DUE", "FAILED", "UNCONFIRMED"].includes(proposal.payment);
  if (!isPayable) return proposal.payment !== "PAID" && <span className="text-base text-ink-2">{whyNot(proposal, canPay)}</span>;
  if (invoices.isPending) return null;
  if (proposal.is_closed) return <span className="text-base text-ink-2">{payButton.closed}</span>;
  const isFailed = proposal.payment === "FAILED";
  if (!canPay) {
    const says = organization ? payButton.payer(organization.name) : isFailed && payButton.others.failed;
    return says && <span className="text-base text-ink-2">{says}</span>;
  }
  return (
    <span className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2 max-sm:w-full max-sm:flex-col max-sm:items-stretch">
      <span role={isBack ? "status" : undefined} className="text-base text-ink-2">
        {isBack ? payButton.unpaid : isFailed ? payButton.failed : payButton.next}
      </span>
      <Button variant="primary" icon={MoneyIcon} isBusy={checkout.isPending || checkout.isSuccess} onClick={() => checkout.mutate()}>
        {payButton.pay(formatMoney(proposal.total))}
      </Button>
      <FailureLine of={checkout} />
    </span>
  );
}

/** Says what has become of the payment. A word of a later release is read as money on its way: nobody pays twice for it. */
function whyNot({ payment }: ProposalOut, canPay: boolean): string {
  const words = canPay ? payButton : payButton.others;
  return payment === "IN_REVIEW" ? words.inReview : words.processing;
}
