import { useQuery } from "@tanstack/react-query";
import { LoadError } from "@/lib/load-error";
import { getInvoicePdf, type MoneyBody } from "@/api/generated";
import { DownloadButton } from "@/lib/download-button";
import { CheckIcon, MoneyIcon, WarningIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { formatMoney } from "@/ui/patterns/money-format";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page, Panel } from "@/ui/patterns/panel";
import { RichText } from "@/ui/patterns/rich-text";
import { ButtonLink } from "@/ui/primitives/link";
import { Spinner } from "@/ui/primitives/spinner";
import { invoiceOptions, paymentIntentOptions } from "./queries";
import { paymentReturn } from "./texts";

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
      <PageHeader title={paymentReturn.title} />
      <Panel>
        {query.isError ? (
          <LoadError error={query.error} onRetry={() => void query.refetch()} />
        ) : intent?.invoice_id ? (
          <ThankYou invoiceId={intent.invoice_id} amount={intent.amount} />
        ) : intent && FAILED.includes(intent.status) ? (
          <EmptyState
            icon={WarningIcon}
            title={paymentReturn.failed.title}
            action={
              <ButtonLink to="/proposals/$proposalId" params={{ proposalId: intent.proposal_id }} variant="primary">
                {paymentReturn.failed.back}
              </ButtonLink>
            }
          >
            {paymentReturn.failed.hint}
          </EmptyState>
        ) : (
          <EmptyState icon={MoneyIcon} title={intent ? paymentReturn.confirming.amount(formatMoney(intent.amount)) : paymentReturn.confirming.title} action={<Spinner className="size-5 text-accent" />}>
            {paymentReturn.confirming.hint}
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
      title={paymentReturn.done.title}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          <ButtonLink to="/invoices/$invoiceId" params={{ invoiceId }} variant="primary">
            {paymentReturn.done.open}
          </ButtonLink>
          {invoice && (
            <DownloadButton name={`${invoice.number}.pdf`} isWaiting={!invoice.is_pdf_ready} load={() => getInvoicePdf({ path: { invoice_id: invoice.id }, parseAs: "blob", throwOnError: true })}>
              {invoice.is_pdf_ready ? paymentReturn.done.download.ready : paymentReturn.done.download.preparing}
            </DownloadButton>
          )}
          {invoice && (
            <ButtonLink to="/projects/$projectId" params={{ projectId: invoice.project.id }}>
              {paymentReturn.done.project}
            </ButtonLink>
          )}
        </div>
      }
    >
      {invoice ? (
        <RichText text={paymentReturn.done.invoiced(formatMoney(amount), invoice.title, invoice.number)} parts={{ number: (words) => <span className="whitespace-nowrap">{words}</span> }} />
      ) : (
        paymentReturn.done.hint(formatMoney(amount))
      )}
    </EmptyState>
  );
}
