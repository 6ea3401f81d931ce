import { useQuery } from "@tanstack/react-query";
import { linkOptions } from "@tanstack/react-router";
import type { WorkflowOut } from "@/api/generated";
import { countOf, ListView } from "@/lib/list-view";
import { WorkflowIcon } from "@/ui/icon";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { EmptyState } from "@/ui/patterns/empty-state";
import { FilterBar, FilterSelect } from "@/ui/patterns/filter-bar";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { ButtonLink } from "@/ui/primitives/link";
import { workflowsOptions, type WorkflowFilter } from "./queries";
import { WORKFLOW_STATUS_ORDER } from "./statuses";
import { WORKFLOW_STATUSES, WorkflowPill } from "./workflow-status";

const COLUMNS: Column<WorkflowOut>[] = [
  { id: "name", head: "Workflow", card: "title", cell: (row) => <span className="font-medium">{row.name}</span> },
  { id: "project", head: "Project", card: "subtitle", cell: (row) => row.project.title },
  { id: "code", head: "Code", card: "none", room: "wide", cell: (row) => <span className="font-mono text-sm whitespace-nowrap text-ink-3">{row.project.code}</span> },
  { id: "version", head: "Version", align: "right", card: "none", room: "wide", cell: (row) => row.template_version },
  { id: "changed", head: "Last change", card: "none", cell: (row) => <RelativeTime at={row.updated_at} />, className: "text-ink-2" },
  { id: "status", head: "Status", card: "value", cell: (row) => <WorkflowPill status={row.status} /> },
];

/** Lists what is deployed, all of it or what is in one state; a row leads to its project's runs. */
export function InstancesPanel({ filter, onFilter }: { filter: WorkflowFilter; onFilter: (filter: WorkflowFilter) => void }) {
  const query = useQuery(workflowsOptions(filter));
  const isFiltered = filter.status !== undefined;
  const clear = () => onFilter({});
  return (
    <div className="flex flex-col gap-4">
      <FilterBar count={countOf(query.data)} onClear={isFiltered ? clear : undefined}>
        <FilterSelect
          label="Status"
          value={filter.status ?? ""}
          options={WORKFLOW_STATUS_ORDER.map((value) => ({ value, label: WORKFLOW_STATUSES[value].label }))}
          onChange={(value) => onFilter({ status: WORKFLOW_STATUS_ORDER.find((status) => status === value) })}
        />
      </FilterBar>
      <ListView
        query={query}
        noun="workflows"
        isFiltered={isFiltered}
        onClear={clear}
        onPage={(page) => onFilter({ ...filter, page })}
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
    </div>
  );
}
