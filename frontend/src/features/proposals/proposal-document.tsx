import type { LineItemOut, MoneyBody, TaxBody } from "@/api/generated";
import { formatDay } from "@/ui/patterns/day-format";
import { LineItemsTable } from "@/lib/line-items-table";
import { taxRows } from "@/lib/tax-rows";
import { Money } from "@/ui/patterns/money";
import { figures, proposalDocument, sums } from "./texts/document";

/** What every reader of a proposal sees. */
export interface DocumentContent {
  version: number;
  title: string;
  summary: string;
  project_code: string;
  line_items: LineItemOut[];
  tax_inclusive: boolean;
  tax_name: string;
  subtotal: MoneyBody;
  tax: MoneyBody;
  taxes: TaxBody[];
  total: MoneyBody;
  deposit: MoneyBody | null;
  terms: string;
  valid_until_day: string | null;
}

/** Gives what its PDF is called where the server does not say. */
export function pdfNameOf(content: Pick<DocumentContent, "project_code" | "version">): string {
  return `${content.project_code}-proposal-v${content.version}.pdf`;
}

/** Sets a proposal as a document: summary first, what it costs, what one gets, on which terms. */
export function ProposalDocument({ content, heading: Heading = "h1" }: { content: DocumentContent; heading?: "h1" | "h2" }) {
  const Part = Heading === "h1" ? "h2" : "h3";
  return (
    <article className="rounded-card border border-line bg-surface px-16 py-14 shadow-card max-md:px-8 max-md:py-10 max-sm:px-5 max-sm:py-7 print:border-0 print:p-0 print:shadow-none">
      <p className="text-sm text-ink-3">{proposalDocument.version(content.project_code, content.version)}</p>
      <Heading className="mt-3 text-2xl tracking-[-0.02em] break-words max-sm:text-xl">{content.title}</Heading>
      {content.summary && <p className="mt-3 max-w-[60ch] text-md whitespace-pre-line text-ink-2">{content.summary}</p>}
      <Facts content={content} />
      <Part className="mt-10 mb-1 text-md">{proposalDocument.items}</Part>
      <LineItemsTable label={proposalDocument.items} items={content.line_items} />
      <Totals content={content} />
      {content.tax_inclusive && <p className="mt-4 text-sm text-ink-3">{proposalDocument.pricesInclude(content.tax_name)}</p>}
      {content.terms && (
        <section className="mt-10 print:break-inside-avoid">
          <Part className="text-md">{proposalDocument.terms}</Part>
          <p className="mt-2 max-w-[72ch] whitespace-pre-line text-ink-2">{content.terms}</p>
        </section>
      )}
    </article>
  );
}

function Facts({ content }: { content: DocumentContent }) {
  const validUntil = content.valid_until_day && formatDay(content.valid_until_day, { isShort: true });
  const facts = [
    { term: figures.total(content.tax_name), value: <Money value={content.total} /> },
    ...(content.deposit ? [{ term: figures.deposit, value: <Money value={content.deposit} /> }] : [{ term: figures.net(content.tax_name), value: <Money value={content.subtotal} /> }]),
    ...(validUntil ? [{ term: figures.validUntil, value: validUntil }] : []),
  ];
  return (
    <dl className="mt-8 grid grid-cols-3 overflow-hidden rounded-card border border-line bg-sunk max-sm:grid-cols-2">
      {facts.map((fact, index) => (
        <div key={fact.term} className={`border-line px-5 py-4 max-sm:px-4 ${index > 0 ? "border-l max-sm:[&:nth-child(3)]:col-span-2 max-sm:[&:nth-child(3)]:border-t max-sm:[&:nth-child(3)]:border-l-0" : ""}`}>
          <dt className="text-sm text-ink-3">{fact.term}</dt>
          <dd className="mt-0.5 text-lg font-semibold tracking-[-0.011em] whitespace-nowrap max-sm:text-md">{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Totals({ content }: { content: DocumentContent }) {
  return (
    <dl className="mt-4 ml-auto flex w-80 max-w-full flex-col gap-1.5 print:break-inside-avoid">
      <TotalRow term={content.tax_inclusive ? sums.netSubtotal(content.tax_name) : sums.subtotal} value={content.subtotal} />
      {taxRows(content.tax_name, content).map((row) => (
        <TotalRow key={row.term} {...row} />
      ))}
      <TotalRow term={sums.total} value={content.total} isStrong />
    </dl>
  );
}

function TotalRow({ term, value, isStrong = false }: { term: string; value: MoneyBody; isStrong?: boolean }) {
  return (
    <div className={`flex justify-between gap-4 ${isStrong ? "mt-1.5 border-t border-line-2 pt-2.5 text-md font-semibold" : ""}`}>
      <dt className={isStrong ? "" : "text-ink-3"}>{term}</dt>
      <dd className={isStrong ? "" : "font-medium"}>
        <Money value={value} />
      </dd>
    </div>
  );
}
