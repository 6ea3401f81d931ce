import type { BrandingOut, LineItemOut, MoneyBody, TaxBody } from "@/api/generated";
import { formatDay } from "@/ui/patterns/day-format";
import { formatDate } from "@/ui/patterns/relative-time-format";
import { coloursOf } from "@/lib/face";
import { LineItemsTable } from "@/lib/line-items-table";
import { taxRows } from "@/lib/tax-rows";
import { cx } from "@/ui/class-names";
import { Money } from "@/ui/patterns/money";
import { figures, parties, proposalDocument, sums } from "./texts/document";

/** What every reader of a proposal sees. */
export interface DocumentContent {
  version: number;
  title: string;
  summary: string;
  seller_name: string;
  organization_name: string;
  project_code: string;
  line_items: LineItemOut[];
  tax_inclusive: boolean;
  tax_name: string;
  subtotal: MoneyBody;
  tax: MoneyBody;
  taxes: TaxBody[];
  total: MoneyBody;
  terms: string;
  valid_until_day: string | null;
  sent_at: string | null;
}

/** Gives what its PDF is called where the server does not say. */
export function pdfNameOf(content: Pick<DocumentContent, "project_code" | "version">): string {
  return `${content.project_code}-proposal-v${content.version}.pdf`;
}

export interface ProposalDocumentProps {
  content: DocumentContent;
  /** Whose document it is; its colours are the business's on every page, also on those of the consoles. */
  branding: BrandingOut | undefined;
  heading?: "h1" | "h2";
}

/** Sets a proposal as a document: summary first, for whom and by whom, what it costs, what one gets, on which terms. */
export function ProposalDocument({ content, branding, heading: Heading = "h1" }: ProposalDocumentProps) {
  const Part = Heading === "h1" ? "h2" : "h3";
  return (
    <div className="@container">
      <article style={branding && coloursOf(branding)} className="relative overflow-hidden rounded-card border border-line bg-surface px-16 py-14 shadow-card @max-2xl:px-8 @max-2xl:py-10 @max-lg:px-5 @max-lg:py-7 print:border-0 print:p-0 print:overflow-visible print:shadow-none">
        {/* A border and not a surface: browsers leave those off the paper. */}
        <div aria-hidden="true" className="absolute inset-x-0 top-0 border-t-4 border-accent print:static print:mb-8 print:border-t-2" />
        <p className="text-sm text-ink-3">{[proposalDocument.version(content.project_code, content.version), content.sent_at && formatDate(new Date(content.sent_at), { isFull: true })].filter(Boolean).join(" · ")}</p>
        <Heading className="mt-3 text-2xl tracking-[-0.02em] break-words @max-lg:text-xl">{content.title}</Heading>
        {content.summary && <p className="mt-3 max-w-[60ch] text-md whitespace-pre-line text-ink-2">{content.summary}</p>}
        <Parties content={content} branding={branding} />
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
    </div>
  );
}

function Parties({ content, branding }: { content: DocumentContent; branding: BrandingOut | undefined }) {
  return (
    <dl className="mt-8 flex flex-wrap gap-x-12 gap-y-4">
      <div className="min-w-32 flex-[1_1_0] wrap-anywhere">
        <dt className="text-sm text-ink-3">{parties.client}</dt>
        <dd className="font-semibold">{content.organization_name}</dd>
      </div>
      <div className="min-w-52 flex-[2_1_0] wrap-anywhere">
        <dt className="text-sm text-ink-3">{parties.seller}</dt>
        <dd>
          <span className="block font-semibold">{[branding?.legal_name, content.seller_name].find(Boolean)}</span>
          {branding?.address && <span className="block whitespace-pre-line text-ink-2">{branding.address}</span>}
          {branding?.tax_number && <span className="block text-ink-2">{parties.taxNumber(content.tax_name, branding.tax_number)}</span>}
        </dd>
      </div>
    </dl>
  );
}

function Facts({ content }: { content: DocumentContent }) {
  const validUntil = content.valid_until_day && formatDay(content.valid_until_day);
  const facts = [
    { term: figures.total(content.tax_name), value: <Money value={content.total} /> },
    { term: figures.net(content.tax_name), value: <Money value={content.subtotal} /> },
    ...(validUntil ? [{ term: figures.validUntil, value: validUntil }] : []),
  ];
  return (
    // As many in a row as there is room for, each as wide as it says at least: a large amount takes a row of its own.
    <dl className="mt-8 flex flex-wrap gap-px overflow-hidden rounded-card border border-line bg-line">
      {facts.map((fact, index) => (
        <div key={fact.term} className={cx("min-w-max flex-[1_0_8.5rem] px-5 py-4 @max-lg:px-4", index === 0 ? "bg-soft text-soft-ink" : "bg-sunk")}>
          <dt className={cx("text-sm", index > 0 && "text-ink-3")}>{fact.term}</dt>
          <dd className="mt-0.5 text-lg font-semibold tracking-[-0.011em] @max-lg:text-md">{fact.value}</dd>
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
    <div className={`flex justify-between gap-4 ${isStrong ? "mt-1.5 border-t-2 border-accent pt-2.5 text-md font-semibold" : ""}`}>
      <dt className={isStrong ? "" : "text-ink-3"}>{term}</dt>
      <dd className={isStrong ? "text-accent" : "font-medium"}>
        <Money value={value} />
      </dd>
    </div>
  );
}
