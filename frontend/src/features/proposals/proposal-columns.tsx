import { linkOptions } from "@tanstack/react-router";
import type { ProposalOut } from "@/api/generated";
import { formatDay } from "@/ui/patterns/day-format";
import { FLEXIBLE, NAME, type Column } from "@/ui/patterns/data-column";
import { Money } from "@/ui/patterns/money";
import { listSum, type Sums } from "@/ui/patterns/money-sum";
import { DateTime } from "@/ui/patterns/relative-time";
import type { ProposalSort } from "./list";
import { ProposalPill } from "./proposal-status";
import { columns } from "./texts/list";

type ProposalColumn = Column<ProposalOut, ProposalSort>;

const TITLE: ProposalColumn = {
  id: "title",
  head: columns.title,
  sort: "title",
  card: "title",
  className: FLEXIBLE,
  cell: (row) => (
    // A line more than other titles have: the version comes after it.
    <span className="wrap-anywhere in-[td]:line-clamp-3" title={`${row.title} ${columns.version(row.version)}`}>
      {/* On one line with the title's last word. */}
      <span className="font-medium">{row.title}</span>
      {"\u00A0"}
      <span className="tabular whitespace-nowrap text-ink-3">{columns.version(row.version)}</span>
    </span>
  ),
};
const CLIENT: ProposalColumn = { id: "client", head: columns.client, card: "subtitle", className: NAME, cell: (row) => <span title={row.organization.name}>{row.organization.name}</span> };
const PROJECT: ProposalColumn = { id: "project", head: columns.project, card: "subtitle", cell: (row) => <span className="font-mono text-sm whitespace-nowrap text-ink-3">{row.project_code}</span> };
const REST: ProposalColumn[] = [
  { id: "sent", head: columns.sent, card: "none", room: "widest", cell: (row) => (row.sent_at ? <DateTime at={row.sent_at} /> : "—") },
  { id: "valid", head: columns.validUntil, sort: "-valid_until", card: "none", room: "wide", cell: (row) => (row.valid_until_day ? <span className="tabular whitespace-nowrap">{formatDay(row.valid_until_day, { isShort: true })}</span> : "—") },
  { id: "total", head: columns.total, sort: "-total", align: "right", card: "value", cell: (row) => <Money value={row.total} /> },
  { id: "status", head: columns.status, card: "status", cell: (row) => <ProposalPill proposal={row} /> },
];

/** The words and the sum below a list; versions of all states add up to nothing that anybody is owed or offered. */
function feet(sums: Sums): Record<string, ProposalColumn["foot"]> {
  const { label, total } = listSum(sums, ({ total }: ProposalOut) => total);
  return { title: label, total };
}

/** Gives the columns of a list of proposals' versions; with what the list comes to, where all are in one state. */
export function proposalColumns({ hasClients, hasProject = true, sums }: { hasClients: boolean; hasProject?: boolean; sums?: Sums | undefined }): ProposalColumn[] {
  const columns = [TITLE, ...(hasClients ? [CLIENT] : []), ...(hasProject ? [hasClients ? { ...PROJECT, room: "wide" as const } : PROJECT] : []), ...REST];
  if (sums === undefined) return columns;
  const foot = feet(sums);
  return columns.map((column) => (foot[column.id] ? { ...column, foot: foot[column.id] } : column));
}

/** Leads to a version of a proposal. */
export function proposalLink({ id }: ProposalOut) {
  return linkOptions({ to: "/proposals/$proposalId", params: { proposalId: id } });
}
