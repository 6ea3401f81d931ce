import { linkOptions } from "@tanstack/react-router";
import type { ProjectOut } from "@/api/generated";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { DateTime, RelativeTime } from "@/ui/patterns/relative-time";
import { ProjectPill } from "./project-status";

const TITLE: Column<ProjectOut> = { id: "title", head: "Project", card: "title", cell: (row) => <span className="font-medium">{row.title}</span> };
const CODE: Column<ProjectOut> = { id: "code", head: "Code", card: "subtitle", cell: (row) => <span className="font-mono text-sm whitespace-nowrap text-ink-3">{row.code}</span> };
const CLIENT: Column<ProjectOut> = { id: "client", head: "Client", card: "subtitle", cell: (row) => row.organization.name };
const REST: Column<ProjectOut>[] = [
  { id: "started", head: "Made", card: "none", room: "wide", cell: (row) => <DateTime at={row.created_at} /> },
  { id: "changed", head: "Last change", card: "none", cell: (row) => <RelativeTime at={row.updated_at} />, className: "text-ink-2" },
  { id: "status", head: "Status", card: "value", cell: (row) => <ProjectPill status={row.status} /> },
];

/** Lists projects; staff see whose each one is. */
export function ProjectTable({ rows, hasClients }: { rows: ProjectOut[]; hasClients: boolean }) {
  return (
    <DataTable
      label="Projects"
      columns={hasClients ? [TITLE, CODE, CLIENT, ...REST] : [TITLE, CODE, ...REST]}
      rows={rows}
      rowKey={(row) => row.id}
      rowLink={(row) => linkOptions({ to: "/projects/$projectId", params: { projectId: row.id } })}
    />
  );
}
