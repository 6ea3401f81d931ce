import { linkOptions } from "@tanstack/react-router";
import type { InvoiceOut, MoneyBody } from "@/api/generated";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { Money } from "@/ui/patterns/money";
import { DateTime } from "@/ui/patterns/relative-time";
import { InvoicePill } from "./invoice-status";

export interface InvoiceTableProps {
  rows: InvoiceOut[];
  hasClients: boolean;
  hasProject?: boolean;
}

/** Lists invoices, with real sums below the money where all are of one currency. */
export function InvoiceTable({ rows, hasClients, hasProject = true }: InvoiceTableProps) {
  const columns: Column<InvoiceOut>[] = [
    { id: "number", head: "Number", card: "title", cell: (row) => <span className="font-mono text-sm whitespace-nowrap">{row.number}</span>, foot: `Sum of ${rows.length}` },
    ...(hasClients ? [CLIENT] : [TITLE]),
    ...(hasProject ? [PROJECT] : []),
    { id: "issued", head: "Issued", card: "none", room: "wide", cell: (row) => <DateTime at={row.issued_at} /> },
    { id: "total", head: "Total", align: "right", card: "value", cell: (row) => <Money value={row.total} />, foot: sumOf(rows.map((row) => row.total)) },
    { id: "balance", head: "Balance", align: "right", card: "none", cell: (row) => <Money value={row.balance} />, foot: sumOf(rows.map((row) => row.balance)) },
    { id: "status", head: "Status", card: "status", cell: (row) => <InvoicePill status={row.status} /> },
  ];
  return (
    <DataTable
      label="Invoices"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowLink={(row) => linkOptions({ to: "/invoices/$invoiceId", params: { invoiceId: row.id } })}
    />
  );
}

const CLIENT: Column<InvoiceOut> = { id: "client", head: "Client", card: "subtitle", cell: (row) => row.client };
const TITLE: Column<InvoiceOut> = { id: "title", head: "For", card: "subtitle", cell: (row) => row.title };
const PROJECT: Column<InvoiceOut> = { id: "project", head: "Project", card: "none", room: "wide", cell: (row) => <span className="font-mono text-sm whitespace-nowrap text-ink-3">{row.project.code}</span> };

function sumOf(values: MoneyBody[]) {
  const currency = values[0]?.currency;
  if (!currency || values.some((value) => value.currency !== currency)) return undefined;
  return <Money value={{ amount: values.reduce((sum, value) => sum + value.amount, 0), currency }} />;
}
