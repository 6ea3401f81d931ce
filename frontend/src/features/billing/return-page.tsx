import { useQuery } from "@tanstack/react-query";
import { LoadError } from "@/lib/load-error";
import { getInvoicePdf, type MoneyBody } from "@/api/generated";
import { DownloadButton } from "@/lib/download-button";
import { CheckIcon, MoneyIcon, WarningIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { formatMoney } from "@/ui/patterns/money-format";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page, Panel } from "@/ui/patterns/panel";
import { ButtonLink } from "@/ui/primitives/link";
import { Spinner } from "@/ui/primitives/spinner";
import { invoiceOptions, paymentIntentOptions } from "./queries";

const POLL_MS = 1_000;
const FAILED = ["FAILED", "EXPIRED", "CANCELLED"];

/** Waits, after Stripe's page, until the money has made its invoice; then says thank you and hands it over. */
export function ReturnPage({ paymentIntentId }: { paymentIntentId: string }) {
  const query = useQuery({
    ...paymentIntentOptions(paymentIntentId),
    refetchInterval: ({ state }) => (state.data?.invoice_id || FAILED.includes(state.data?.status ?? "") || state.error ? false : POLL_MS),
  });
  const intent = query.data;
  return (
    <Page>
      <PageHeader title="Your payment" />
      <Panel>
        {query.isError ? (
          <LoadError error={query.error} onRetry={() => void query.refetch()} />
        ) : intent?.invoice_id ? (
          <ThankYou invoiceId={intent.invoice_id} amount={intent.amount} />
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
            This usually takes a few seconds. You can leave this page: we’ll e-mail you the invoice as well.
          </EmptyState>
        )}
      </Panel>
    </Page>
  );
}

function ThankYou({ invoiceId, amount }: { invoiceId: string; amount: MoneyBody }) {
  const { data: invoice } = useQuery({ ...invoiceOptions(invoiceId), refetchInterval: ({ state }) => (state.data?.is_pdf_ready === false ? POLL_MS : false) });
  return (
    <EmptyState
      icon={CheckIcon}
      title="Thank you, your payment was received"
      action={
        <div className="flex flex-wrap justify-center gap-2">
          <ButtonLink to="/invoices/$invoiceId" params={{ invoiceId }} variant="primary">
            Open invoice
          </ButtonLink>
          {invoice && (
            <DownloadButton name={`${invoice.number}.pdf`} isWaiting={!invoice.is_pdf_ready} load={() => getInvoicePdf({ path: { invoice_id: invoice.id }, parseAs: "blob", throwOnError: true })}>
              {invoice.is_pdf_ready ? "Download PDF" : "Preparing the PDF"}
            </DownloadButton>
          )}
        </div>
      }
    >
      We received {formatMoney(amount)}
      {invoice && ` for “${invoice.title}”`}. {invoice ? `Invoice ${invoice.number} is on its way to you by e-mail.` : "Your invoice is on its way to you by e-mail."}
    </EmptyState>
  );
}
