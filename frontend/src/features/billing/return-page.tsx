import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { LoadError } from "@/lib/load-error";
import { MoneyIcon, WarningIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { formatMoney } from "@/ui/patterns/money-format";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page, Panel } from "@/ui/patterns/panel";
import { ButtonLink } from "@/ui/primitives/link";
import { Spinner } from "@/ui/primitives/spinner";
import { paymentIntentOptions } from "./queries";

const POLL_MS = 1_000;
const FAILED = ["FAILED", "EXPIRED", "CANCELLED"];

/** Waits, after Stripe's page, until the money has made its invoice; then leads there. */
export function ReturnPage({ paymentIntentId }: { paymentIntentId: string }) {
  const query = useQuery({
    ...paymentIntentOptions(paymentIntentId),
    refetchInterval: ({ state }) => (state.data?.invoice_id || FAILED.includes(state.data?.status ?? "") || state.error ? false : POLL_MS),
  });
  const intent = query.data;
  if (intent?.invoice_id) return <Navigate to="/invoices/$invoiceId" params={{ invoiceId: intent.invoice_id }} replace />;
  return (
    <Page>
      <PageHeader title="Your payment" />
      <Panel>
        {query.isError ? (
          <LoadError error={query.error} onRetry={() => void query.refetch()} />
        ) : intent && FAILED.includes(intent.status) ? (
          <EmptyState
            icon={WarningIcon}
            title="Nothing was charged"
            action={
              <ButtonLink to="/proposals/$proposalId" params={{ proposalId: intent.proposal_id }} variant="primary">
                Back to the proposal
              </ButtonLink>
            }
          >
            The payment did not go through. You can try again from the proposal.
          </EmptyState>
        ) : (
          <EmptyState icon={MoneyIcon} title={intent ? `Confirming ${formatMoney(intent.amount)}` : "Confirming your payment"} action={<Spinner className="size-5 text-accent" />}>
            Stripe tells us in a moment. You can leave this page: the invoice comes by mail as well.
          </EmptyState>
        )}
      </Panel>
    </Page>
  );
}
