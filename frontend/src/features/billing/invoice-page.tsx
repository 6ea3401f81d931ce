import { useSuspenseQuery } from "@tanstack/react-query";
import { Card } from "@/ui/patterns/card";
import { DefinitionList } from "@/ui/patterns/definition-list";
import { Money } from "@/ui/patterns/money";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";
import { DateTime } from "@/ui/patterns/relative-time";
import { RichText } from "@/ui/patterns/rich-text";
import { WithAside } from "@/ui/patterns/with-aside";
import { Copyable } from "@/ui/primitives/copyable";
import { TextLink } from "@/ui/primitives/link";
import { getInvoicePdf, type SellerOut } from "@/api/generated";
import { DownloadButton } from "@/lib/download-button";
import { LineItemsTable } from "@/lib/line-items-table";
import { taxRows } from "@/lib/tax-rows";
import { InvoicePill } from "./invoice-status";
import { invoiceOptions } from "./queries";
import { invoicePage } from "./texts";

const PDF_POLL_MS = 10_000;

/** Shows one invoice: what was charged, to whom, and its document. */
export function InvoicePage({ invoiceId }: { invoiceId: string }) {
  const { data: invoice } = useSuspenseQuery({ ...invoiceOptions(invoiceId), refetchInterval: (query) => (query.state.data?.is_pdf_ready === false ? PDF_POLL_MS : false) });
  const taxName = invoice.seller.tax_name;
  return (
    <Page>
      <PageHeader
        title={invoice.number}
        breadcrumbs={[
          <TextLink key="invoices" to="/invoices">
            {invoicePage.invoices}
          </TextLink>,
        ]}
        facts={
          <>
            <InvoicePill status={invoice.status} />
            <Copyable value={invoice.number} label={invoicePage.number} />
            <span className="text-ink-2">{invoice.client}</span>
            <span>
              <RichText text={invoicePage.issued} parts={{ day: () => <DateTime at={invoice.issued_at} isFull /> }} />
            </span>
          </>
        }
        actions={
          <DownloadButton
            variant="primary"
            name={`${invoice.number}.pdf`}
            isWaiting={!invoice.is_pdf_ready}
            load={() => getInvoicePdf({ path: { invoice_id: invoice.id }, parseAs: "blob", throwOnError: true })}
          >
            {invoice.is_pdf_ready ? invoicePage.download.ready : invoicePage.download.preparing}
          </DownloadButton>
        }
      />
      <WithAside
        aside={
          <>
            <Card title={invoicePage.summary.title}>
              <DefinitionList
                items={[
                  { term: invoicePage.summary.subtotal(taxName), value: <Money value={invoice.subtotal} /> },
                  ...taxRows(taxName, invoice).map(({ term, value }) => ({ term, value: <Money value={value} /> })),
                  { term: invoicePage.summary.total, value: <Money value={invoice.total} />, isSum: true },
                  { term: invoicePage.summary.balance, value: <Money value={invoice.balance} /> },
                  { term: invoicePage.summary.paidOn, value: invoice.paid_at ? <DateTime at={invoice.paid_at} isFull /> : "—" },
                ]}
              />
            </Card>
            <Card title={invoicePage.seller.title}>
              <Seller seller={invoice.seller} />
            </Card>
            <Card title={invoicePage.subject.title}>
              <p className="font-medium">{invoice.title}</p>
              <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
                <TextLink to="/projects/$projectId" params={{ projectId: invoice.project.id }}>
                  {invoicePage.subject.project(invoice.project.code)}
                </TextLink>
                <TextLink to="/proposals/$proposalId" params={{ proposalId: invoice.proposal_id }}>
                  {invoicePage.subject.proposal}
                </TextLink>
              </p>
            </Card>
          </>
        }
      >
        <Card>
          <LineItemsTable label={invoicePage.lines} items={invoice.lines} rateOf={taxName} />
          {invoice.tax_inclusive && <p className="mt-4 text-sm text-ink-3">{invoicePage.taxIncluded(taxName)}</p>}
        </Card>
      </WithAside>
    </Page>
  );
}

function Seller({ seller }: { seller: SellerOut }) {
  return (
    <>
      <p className="font-medium break-words">{seller.legal_name || seller.name}</p>
      {seller.address && <p className="whitespace-pre-line text-ink-2">{seller.address}</p>}
      {seller.email && <p className="break-words text-ink-2">{seller.email}</p>}
      {seller.registration_number && <p className="text-ink-2">{invoicePage.seller.registrationNumber(seller.registration_number)}</p>}
      {seller.tax_number && <p className="text-ink-2">{invoicePage.seller.taxNumber(seller.tax_name, seller.tax_number)}</p>}
    </>
  );
}
