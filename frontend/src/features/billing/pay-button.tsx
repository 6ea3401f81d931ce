import { useMutation, useQuery } from "@tanstack/react-query";
import { openCheckout, type MoneyBody } from "@/api/generated";
import { isStatus, toApiError } from "@/lib/problem";
import { useCan, useMe } from "@/lib/session/me";
import { MoneyIcon } from "@/ui/icon";
import { formatMoney } from "@/ui/patterns/money-format";
import { Button } from "@/ui/primitives/button";
import { ButtonLink } from "@/ui/primitives/link";
import { invoiceListOptions } from "./queries";
import { payButton } from "./texts";

export interface PayButtonProps {
  proposalId: string;
  projectId: string;
  total: MoneyBody;
  /** Whether the reader came back from the payment page without paying. */
  isBack?: boolean;
}

/** Leads to the payment page of an approved proposal, or to the invoice once it is paid; a client who cannot pay reads who can. */
export function PayButton({ proposalId, projectId, total, isBack = false }: PayButtonProps) {
  const canPay = useCan("proposals:pay");
  const { organization } = useMe();
  const invoices = useQuery(invoiceListOptions({ project_id: projectId }));
  const checkout = useMutation({
    mutationFn: async () => (await openCheckout({ path: { proposal_id: proposalId }, throwOnError: true })).data,
    onSuccess: ({ url }) => window.location.assign(url),
    onError: (error) => {
      // Paid meanwhile, perhaps in another tab: the invoice says so.
      if (isStatus(error, 409)) void invoices.refetch();
    },
  });
  const invoice = invoices.data?.items.find((row) => row.proposal_id === proposalId);
  if (invoice)
    return (
      <ButtonLink to="/invoices/$invoiceId" params={{ invoiceId: invoice.id }} icon={MoneyIcon} className="max-sm:w-full">
        {payButton.invoice(invoice.number)}
      </ButtonLink>
    );
  if (invoices.isPending) return null;
  if (!canPay) return organization && <span className="text-base text-ink-2">{payButton.payer(organization.name)}</span>;
  return (
    <span className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2 max-sm:w-full max-sm:flex-col max-sm:items-stretch">
      <span role={isBack ? "status" : undefined} className="text-base text-ink-2">
        {isBack ? payButton.unpaid : payButton.next}
      </span>
      <Button variant="primary" icon={MoneyIcon} isBusy={checkout.isPending || checkout.isSuccess} onClick={() => checkout.mutate()}>
        {payButton.pay(formatMoney(total))}
      </Button>
      {checkout.error && (
        <span role="alert" className="text-sm text-bad">
          {toApiError(checkout.error).detail}
        </span>
      )}
    </span>
  );
}
