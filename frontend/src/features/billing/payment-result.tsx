import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, type ReactNode } from "react";
import { getInvoicePdf, type IntentStatus, type MoneyBody } from "@/api/generated";
import { DownloadButton } from "@/lib/download-button";
import { LoadError } from "@/lib/load-error";
import { every, useRefresh } from "@/lib/refresh";
import { useMe } from "@/lib/session/me";
import { cx } from "@/ui/class-names";
import { CheckIcon, ClockIcon, Icon, MoneyIcon, WarningIcon, type IconShape } from "@/ui/icon";
import { DefinitionList, type Definition } from "@/ui/patterns/definition-list";
import { EmptyState } from "@/ui/patterns/empty-state";
import { Money } from "@/ui/patterns/money";
import { formatMoney } from "@/ui/patterns/money-format";
import { Panel } from "@/ui/patterns/panel";
import { ButtonLink } from "@/ui/primitives/link";
import { Spinner } from "@/ui/primitives/spinner";
import { invoiceOptions, paymentIntentOptions } from "./queries";
import { paymentReturn } from "./texts";

const POLL_MS = 1_000;
/** A debit takes days as a rule: who waits on the page hears of its end all the same. */
const DEBIT_POLL_MS = 10_000;
const TITLE_ID = "payment-result";
const FAILED: readonly IntentStatus[] = ["FAILED", "EXPIRED", "CANCELLED"];

export interface PaymentResultProps {
  paymentIntentId: string;
  /** The way back to the proposal where that is no page of the portal. */
  back?: ReactNode;
}

/** Waits, after the payment page, until the money has made its invoice, is on its way, or did not come; says so and leads on. */
export function PaymentResult({ paymentIntentId, back }: PaymentResultProps) {
  const query = useQuery({
    ...paymentIntentOptions(paymentIntentId),
    refetchInterval: ({ state }) => {
      if (state.data?.invoice_id || FAILED.includes(state.data?.status ?? "CREATED") || state.error) return false;
      return state.data?.status === "PROCESSING" ? DEBIT_POLL_MS : POLL_MS;
    },
  });
  const intent = query.data;
  const refresh = useRefresh();
  // What stands beside it says how the payment is going, too. Outside the portal nothing else tells of a change.
  const onStatus = useEffectEvent((status: IntentStatus | undefined) => {
    if (status) void refresh([every("getProposal"), every("listInvoices")]);
  });
  useEffect(() => onStatus(intent?.status), [intent?.status]);
  return (
    <Panel>
      {query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : intent?.invoice_id ? (
        <ThankYou invoiceId={intent.invoice_id} amount={intent.amount} back={back} />
      ) : intent?.status === "PROCESSING" ? (
        <OnItsWay amount={intent.amount} back={back ?? <ToProposal proposalId={intent.proposal_id} />} />
      ) : intent && FAILED.includes(intent.status) ? (
        <EmptyState
          icon={WarningIcon}
          title={paymentReturn.failed.title(formatMoney(intent.amount))}
          action={back ?? <ToProposal proposalId={intent.proposal_id} />}
        >
          {paymentReturn.failed.hint}
        </EmptyState>
      ) : (
        <EmptyState icon={MoneyIcon} title={intent ? paymentReturn.confirming.amount(formatMoney(intent.amount)) : paymentReturn.confirming.title} action={<Spinner className="size-5 text-accent" />}>
          {paymentReturn.confirming.hint}
        </EmptyState>
      )}
    </Panel>
  );
}

/** The end of what a client came for: what was paid for, what happens next, and the way on. */
function ThankYou({ invoiceId, amount, back }: { invoiceId: string; amount: MoneyBody; back: ReactNode }) {
  const { email } = useMe();
  const { data: invoice } = useQuery({ ...invoiceOptions(invoiceId), refetchInterval: ({ state }) => (state.data?.is_pdf_ready === false ? POLL_MS : false) });
  const { done } = paymentReturn;
  return (
    <Told
      icon={CheckIcon}
      look="bg-ok-s text-ok"
      title={done.title}
      hint={done.hint(email)}
      facts={[
        { term: done.paid, value: <Money value={amount} /> },
        ...(invoice
          ? [
              { term: done.subject, value: invoice.title },
              { term: done.invoice, value: <span className="whitespace-nowrap">{invoice.number}</span> },
            ]
          : []),
      ]}
      next={invoice && done.next}
    >
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
      {back}
    </Told>
  );
}

/** What a payer by debit reads: they are done, and the money takes days. */
function OnItsWay({ amount, back }: { amount: MoneyBody; back: ReactNode }) {
  const { processing } = paymentReturn;
  return (
    <Told icon={ClockIcon} look="bg-soft text-soft-ink" title={processing.title} hint={processing.hint} facts={[{ term: processing.paid, value: <Money value={amount} /> }]} next={processing.next}>
      {back}
    </Told>
  );
}

interface ToldProps {
  icon: IconShape;
  look: string;
  title: string;
  hint: string;
  facts: readonly Definition[];
  next: string | undefined;
  children: ReactNode;
}

function Told({ icon, look, title, hint, facts, next, children }: ToldProps) {
  return (
    <section className="mx-auto flex max-w-[34rem] flex-col gap-6 px-6 py-10 max-sm:px-4 max-sm:py-8" aria-labelledby={TITLE_ID}>
      <header className="flex items-start gap-4">
        <span className={cx("grid size-11 shrink-0 place-items-center rounded-full", look)}>
          <Icon of={icon} size="lg" />
        </span>
        <div className="min-w-0">
          <h2 id={TITLE_ID} className="text-lg font-semibold tracking-[-0.011em]">
            {title}
          </h2>
          <p className="mt-1 wrap-anywhere text-ink-2">{hint}</p>
        </div>
      </header>
      <div className="rounded-control border border-line bg-bg p-4">
        <DefinitionList items={facts} />
      </div>
      {next && <p className="text-ink-2">{next}</p>}
      <div className="flex flex-wrap gap-2 max-sm:flex-col">{children}</div>
    </section>
  );
}

function ToProposal({ proposalId }: { proposalId: string }) {
  return (
    <ButtonLink to="/proposals/$proposalId" params={{ proposalId }} variant="primary">
      {paymentReturn.back}
    </ButtonLink>
  );
}
