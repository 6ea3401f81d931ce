import { useQuery } from "@tanstack/react-query";
import type { TemplateSummary } from "@/api/generated";
import { ListView } from "@/lib/list-view";
import { ProposalIcon } from "@/ui/icon";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { EmptyState } from "@/ui/patterns/empty-state";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { ImportTemplate } from "./import-template";
import { templatesOptions } from "./queries";

const COLUMNS: Column<TemplateSummary>[] = [
  { id: "name", head: "Template", card: "title", cell: (row) => <span className="font-medium">{row.name}</span> },
  { id: "category", head: "Category", card: "subtitle", cell: (row) => row.category },
  {
    id: "parameters",
    head: "Decided per deployment",
    card: "subtitle",
    cell: (row) => (row.parameters.length === 0 ? "Nothing" : row.parameters.map((parameter) => parameter.label).join(", ")),
    className: "max-w-80 truncate text-ink-2",
  },
  { id: "version", head: "Version", align: "right", card: "value", cell: (row) => `v${row.version}` },
  { id: "digest", head: "Digest", card: "none", room: "wide", cell: (row) => <span className="font-mono text-sm text-ink-3">{row.sha256.slice(0, 8)}</span> },
  { id: "made", head: "Imported", card: "status", cell: (row) => <RelativeTime at={row.created_at} />, className: "text-ink-2" },
];

/** Lists what workflows are made from. */
export function TemplatesPanel() {
  const query = useQuery(templatesOptions());
  return (
    <ListView
      query={query}
      noun="templates"
      empty={
        <EmptyState icon={ProposalIcon} title="No templates yet" action={<ImportTemplate variant="secondary" />}>
          Import a workflow file from n8n and say which of its values each client decides.
        </EmptyState>
      }
    >
      {(rows) => <DataTable label="Templates" columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />}
    </ListView>
  );
}
