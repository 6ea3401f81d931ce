import { linkOptions } from "@tanstack/react-router";
import type { InvoiceOut } from "@/api/generated";
import { FLEXIBLE, NAME, TWO_LINES, type Column } from "@/ui/patterns/data-column";
import { Money } from "@/ui/patterns/money";
import { listSum, moneySum, type Sums } from "@/ui/patterns/money-sum";
import { DateTime } from "@/ui/patterns/relative-time";
import type { InvoiceSort } from "./list";
import { InvoicePill } from "./invoice-status";
import { columns } from "./texts";

type InvoiceColumn = Column<InvoiceOut, InvoiceSort>;

const NUMBER: InvoiceColumn = {
  id: "number",
  head: columns.number,
  sort: "number",
  card: "title",
  cell: (row) => <span className="font-mono text-sm whitespace-nowrap">{row.number}</span>,
};
const CLIENT: InvoiceColumn = { id: "client", head: columns.client, card: "subtitle", className: NAME, cell: (row) => <span title={row.client}>{row.client}</span> };
const TITLE: InvoiceColumn = { id: "title", head: columns.subject, card: "subtitle", className: FLEXIBLE, cell: (row) => <Words text={row.title} /> };
const TITLE_AND_PROJECT: InvoiceColumn = {
  ...TITLE,
  cell: (row) => (
    // In a cell below the title, on a card behind it.
    <span className="flex flex-wrap items-baseline gap-x-2 in-[td]:flex-col">
      <Words text={row.title} />
      <span className="font-mono text-sm whitespace-nowrap text-ink-3">{row.project.code}</span>
    </span>
  ),
};
const REST: InvoiceColumn[] = [
  { id: "issued", head: columns.issued, sort: "-issued_at", card: "none", room: "medium", cell: (row) => <DateTime at={row.issued_at} /> },
  { id: "total", head: columns.total, sort: "-total", align: "right", card: "value", cell: (row) => <Money value={row.total} /> },
  { id: "balance", head: columns.balance, align: "right", card: "none", room: "wide", cell: (row) => <Money value={row.balance} /> },
  { id: "status", head: columns.status, card: "status", cell: (row) => <InvoicePill status={row.status} /> },
];

/** Gives the columns of a list of invoices, with what it comes to below the totals. */
export function invoiceColumns({ hasClients, hasProject = true, sums = null }: { hasClients: boolean; hasProject?: boolean; sums?: Sums | undefined }): InvoiceColumn[] {
  const { label, total } = listSum(sums, (row: InvoiceOut) => row.total);
  const feet: Record<string, InvoiceColumn["foot"]> = { number: label, total };
  // What is still due is added up by page; beside the total of a whole list it would not be one.
  if (!sums) feet.balance = (rows) => moneySum(rows.map((row) => row.balance));
  const all = [NUMBER, ...(hasClients ? [CLIENT] : []), hasProject ? TITLE_AND_PROJECT : TITLE, ...REST];
  return all.map((column) => ({ ...column, foot: feet[column.id] }));
}

/** Leads to an invoice. */
export function invoiceLink({ id }: InvoiceOut) {
  return linkOptions({ to: "/invoices/$invoiceId", params: { invoiceId: id } });
}

function Words({ text }: { text: string }) {
  return (
    <span className={TWO_LINES} title={text}>
      {text}
    </span>
  );
}
