import { useQuery } from "@tanstack/react-query";
import { LoadError } from "@/lib/load-error";
import { getInvoicePdf, type MoneyBody } from "@/api/generated";
import { DownloadButton } from "@/lib/download-button";
import { CheckIcon, Icon, MoneyIcon, WarningIcon } from "@/ui/icon";
import { DefinitionList } from "@/ui/patterns/definition-list";
import { EmptyState } from "@/ui/patterns/empty-state";
import { Money } from "@/ui/patterns/money";
import { formatMoney } from "@/ui/patterns/money-format";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page, Panel } from "@/ui/patterns/panel";
import { ButtonLink } from "@/ui/primitives/link";
import { Spinner } from "@/ui/primitives/spinner";
import { invoiceOptions, paymentIntentOptions } from "./queries";
import { paymentReturn } from "./texts";

const POLL_MS = 1_000;
const TITLE_ID = "thank-you";
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

/** The end of what a client came for: what was paid for, what happens next, and the way on. */
function ThankYou({ invoiceId, amount }: { invoiceId: string; amount: MoneyBody }) {
  const { data: invoice } = useQuery({ ...invoiceOptions(invoiceId), refetchInterval: ({ state }) => (state.data?.is_pdf_ready === false ? POLL_MS : false) });
  const { done } = paymentReturn;
  return (
    <section className="mx-auto flex max-w-[34rem] flex-col gap-6 px-6 py-10 max-sm:px-4 max-sm:py-8" aria-labelledby={TITLE_ID}>
      <header className="flex items-start gap-4">
        <span className="grid size-11 shrink-0 place-items-center rounded-full bg-ok-s text-ok">
          <Icon of={CheckIcon} size="lg" />
        </span>
        <div className="min-w-0">
          <h2 id={TITLE_ID} className="text-lg font-semibold tracking-[-0.011em]">
            {done.title}
          </h2>
          <p className="mt-1 text-ink-2">{done.hint}</p>
        </div>
      </header>
      <div className="rounded-control border border-line bg-bg p-4">
        <DefinitionList
          items={[
            { term: done.paid, value: <Money value={amount} /> },
            ...(invoice
              ? [
                  { term: done.subject, value: invoice.title },
                  { term: done.invoice, value: <span className="whitespace-nowrap">{invoice.number}</span> },
                ]
              : []),
          ]}
        />
      </div>
      {invoice && <p className="text-ink-2">{done.next}</p>}
      <div className="flex flex-wrap gap-2 max-sm:flex-col">
        {invoice && (
          <ButtonLink to="/projects/$projectId" params={{ projectId: invoice.project.id }} variant="primary">
            {done.project}
          </ButtonLink>
        )}
        <ButtonLink to="/invoices/$invoiceId" params={{ invoiceId }}>
          {done.open}
        </ButtonLink>
        {invoice && (
          <DownloadButton name={`${invoice.number}.pdf`} isWaiting={!invoice.is_pdf_ready} load={() => getInvoicePdf({ path: { invoice_id: invoice.id }, parseAs: "blob", throwOnError: true })}>
            {invoice.is_pdf_ready ? done.download.ready : done.download.preparing}
          </DownloadButton>
        )}
      </div>
    </section>
  );
}
