import type { ProjectOut } from "@/api/generated";
import { cx } from "@/ui/class-names";
import { FLEXIBLE, NAME, TWO_LINES, type Column } from "@/ui/patterns/data-column";
import { DateTime, RelativeTime } from "@/ui/patterns/relative-time";
import type { ProjectSort } from "./list";
import { ProjectPill } from "./project-status";
import { columns } from "./texts";

type ProjectColumn = Column<ProjectOut, ProjectSort>;

const TITLE: ProjectColumn = {
  id: "title",
  head: columns.title,
  sort: "title",
  card: "title",
  className: FLEXIBLE,
  cell: (row) => (
    <span className={cx(TWO_LINES, "font-medium")} title={row.title}>
      {row.title}
    </span>
  ),
};
const CODE: ProjectColumn = { id: "code", head: columns.code, sort: "code", card: "subtitle", cell: (row) => <span className="font-mono text-sm whitespace-nowrap text-ink-3">{row.code}</span> };
const CLIENT: ProjectColumn = { id: "client", head: columns.client, card: "subtitle", className: NAME, cell: (row) => <span title={row.organization.name}>{row.organization.name}</span> };
const REST: ProjectColumn[] = [
  { id: "started", head: columns.created, sort: "-created_at", card: "none", room: "wide", cell: (row) => <DateTime at={row.created_at} /> },
  { id: "changed", head: columns.updated, sort: "-updated_at", card: "none", room: "medium", cell: (row) => <RelativeTime at={row.updated_at} />, className: "text-ink-2 whitespace-nowrap" },
  { id: "status", head: columns.status, card: "value", cell: (row) => <ProjectPill project={row} /> },
];

/** Gives the columns of a list of projects; staff see whose each one is. */
export function projectColumns(hasClients: boolean): ProjectColumn[] {
  return hasClients ? [TITLE, { ...CODE, room: "wide" }, CLIENT, ...REST] : [TITLE, CODE, ...REST];
}
