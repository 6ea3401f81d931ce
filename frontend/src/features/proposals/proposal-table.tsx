import { linkOptions } from "@tanstack/react-router";
import type { ProposalOut } from "@/api/generated";
import { formatDay } from "@/lib/day";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { Money } from "@/ui/patterns/money";
import { DateTime } from "@/ui/patterns/relative-time";
import { ProposalPill } from "./proposal-status";

const TITLE: Column<ProposalOut> = {
  id: "title",
  head: "Proposal",
  card: "title",
  cell: (row) => (
    <>
      <span className="font-medium">{row.title}</span> <span className="tabular text-ink-3">v{row.version}</span>
    </>
  ),
};
const CLIENT: Column<ProposalOut> = { id: "client", head: "Client", card: "subtitle", cell: (row) => row.organization.name };
const PROJECT: Column<ProposalOut> = { id: "project", head: "Project", card: "subtitle", cell: (row) => <span className="font-mono text-sm whitespace-nowrap text-ink-3">{row.project_code}</span> };
const REST: Column<ProposalOut>[] = [
  { id: "sent", head: "Sent", card: "none", room: "wide", cell: (row) => (row.sent_at ? <DateTime at={row.sent_at} /> : "—") },
  { id: "valid", head: "Valid until", card: "none", room: "wide", cell: (row) => (row.valid_until_day ? <span className="tabular whitespace-nowrap">{formatDay(row.valid_until_day)}</span> : "—") },
  { id: "total", head: "Total", align: "right", card: "value", cell: (row) => <Money value={row.total} /> },
  { id: "status", head: "Status", card: "status", cell: (row) => <ProposalPill status={row.status} /> },
];

/** Lists versions of proposals. */
export function ProposalTable({ rows, hasClients, hasProject = true }: { rows: ProposalOut[]; hasClients: boolean; hasProject?: boolean }) {
  return (
    <DataTable
      label="Proposals"
      columns={[TITLE, ...(hasClients ? [CLIENT] : []), ...(hasProject ? [PROJECT] : []), ...REST]}
      rows={rows}
      rowKey={(row) => row.id}
      rowLink={(row) => linkOptions({ to: "/proposals/$proposalId", params: { proposalId: row.id } })}
    />
  );
}
