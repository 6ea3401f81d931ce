import { useQuery } from "@tanstack/react-query";
import { exportWorkflowTemplates, type TemplateSummary } from "@/api/generated";
import { exportQuery } from "@/lib/list/address";
import { List } from "@/lib/list/list";
import { ProposalIcon } from "@/ui/icon";
import type { Column } from "@/ui/patterns/data-column";
import { EmptyState } from "@/ui/patterns/empty-state";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { ImportTemplate } from "./import-template";
import type { TemplateFilter, WorkflowSort } from "./lists";
import { templateListOptions } from "./queries";
import { templates } from "./texts/admin";

const COLUMNS: Column<TemplateSummary, WorkflowSort>[] = [
  { id: "name", head: templates.name, sort: "name", card: "title", cell: (row) => <span className="font-medium">{row.name}</span> },
  { id: "category", head: templates.category, card: "subtitle", cell: (row) => row.category },
  {
    id: "parameters",
    head: templates.parameters,
    card: "subtitle",
    room: "medium",
    cell: (row) => (row.parameters.length === 0 ? templates.noParameters : row.parameters.map((parameter) => parameter.label).join(", ")),
    className: "max-w-80 truncate text-ink-2",
  },
  { id: "version", head: templates.version, align: "right", card: "value", cell: (row) => `v${row.version}` },
  { id: "digest", head: templates.digest, card: "none", room: "wide", cell: (row) => <span className="font-mono text-sm text-ink-3">{row.sha256.slice(0, 8)}</span> },
  { id: "made", head: templates.imported, sort: "-created_at", card: "status", cell: (row) => <RelativeTime at={row.created_at} />, className: "text-ink-2" },
];

/** Lists what workflows are made from. */
export function TemplatesPanel({ filter, onFilter }: { filter: TemplateFilter; onFilter: (filter: TemplateFilter) => void }) {
  const query = useQuery(templateListOptions(filter));
  return (
    <List
      label={templates.label}
      noun={templates.noun}
      searched={templates.searched}
      columns={COLUMNS}
      defaultSort="-created_at"
      query={query}
      filter={filter}
      onFilter={onFilter}
      exported={{ name: "templates.csv", load: () => exportWorkflowTemplates({ query: exportQuery(filter), parseAs: "blob", throwOnError: true }) }}
      rowKey={(row) => row.id}
      empty={
        <EmptyState icon={ProposalIcon} title={templates.empty.title} action={<ImportTemplate variant="secondary" />}>
          {templates.empty.hint}
        </EmptyState>
      }
    />
  );
}
