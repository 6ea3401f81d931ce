import { useQuery } from "@tanstack/react-query";
import { linkOptions } from "@tanstack/react-router";
import { useState } from "react";
import type { WorkflowOut } from "@/api/generated";
import { ListView } from "@/lib/list-view";
import { WorkflowIcon } from "@/ui/icon";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { EmptyState } from "@/ui/patterns/empty-state";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { ButtonLink } from "@/ui/primitives/link";
import { workflowsOptions } from "./queries";
import { WorkflowPill } from "./workflow-status";

const COLUMNS: Column<WorkflowOut>[] = [
  { id: "name", head: "Workflow", card: "title", cell: (row) => <span className="font-medium">{row.name}</span> },
  { id: "project", head: "Project", card: "subtitle", cell: (row) => row.project.title },
  { id: "code", head: "Code", card: "none", cell: (row) => <span className="font-mono text-sm text-ink-3">{row.project.code}</span> },
  { id: "version", head: "Version", align: "right", card: "none", cell: (row) => row.template_version },
  { id: "changed", head: "Last change", card: "none", cell: (row) => <RelativeTime at={row.updated_at} />, className: "text-ink-2" },
  { id: "status", head: "Status", card: "value", cell: (row) => <WorkflowPill status={row.status} /> },
];

/** Lists everything deployed; a row leads to its project's runs. */
export function InstancesPanel() {
  const [page, setPage] = useState<number>();
  const query = useQuery(workflowsOptions(page));
  return (
    <ListView
      query={query}
      noun="workflows"
      onPage={setPage}
      empty={
        <EmptyState icon={WorkflowIcon} title="Nothing deployed yet" action={<ButtonLink to="/projects">Go to projects</ButtonLink>}>
          Connect an n8n server, import a template, then deploy it from an approved project.
        </EmptyState>
      }
    >
      {(rows) => (
        <DataTable
          label="Deployed workflows"
          columns={COLUMNS}
          rows={rows}
          rowKey={(row) => row.id}
          rowLink={(row) => linkOptions({ to: "/projects/$projectId", params: { projectId: row.project.id }, search: { tab: "workflows" } })}
        />
      )}
    </ListView>
  );
}
