import { useQuery } from "@tanstack/react-query";
import { linkOptions } from "@tanstack/react-router";
import { exportWorkflows, pauseWorkflow, resumeWorkflow, type WorkflowOut } from "@/api/generated";
import { exportQuery } from "@/lib/list/address";
import type { BulkAction } from "@/lib/list/bulk-actions";
import { byClient, byStatus } from "@/lib/list/filter-parts";
import { List } from "@/lib/list/list";
import { useCan } from "@/lib/session/me";
import { PauseIcon, PlayIcon, WorkflowIcon } from "@/ui/icon";
import type { Column } from "@/ui/patterns/data-column";
import { EmptyState } from "@/ui/patterns/empty-state";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { ButtonLink } from "@/ui/primitives/link";
import { changedByWorkflow } from "./changes";
import type { WorkflowFilter, WorkflowSort } from "./lists";
import { workflowsOptions } from "./queries";
import { WORKFLOW_STATUSES, WorkflowPill } from "./workflow-status";

const COLUMNS: Column<WorkflowOut, WorkflowSort>[] = [
  { id: "name", head: "Workflow", sort: "name", card: "title", cell: (row) => <span className="font-medium">{row.name}</span> },
  { id: "project", head: "Project", card: "subtitle", room: "small", cell: (row) => row.project.title },
  { id: "code", head: "Code", card: "none", room: "wide", cell: (row) => <span className="font-mono text-sm whitespace-nowrap text-ink-3">{row.project.code}</span> },
  { id: "version", head: "Version", align: "right", card: "none", room: "wide", cell: (row) => row.template_version },
  { id: "changed", head: "Last change", card: "none", room: "medium", cell: (row) => <RelativeTime at={row.updated_at} />, className: "text-ink-2" },
  { id: "status", head: "Status", card: "value", cell: (row) => <WorkflowPill status={row.status} /> },
];

const FILTERS = [byStatus(WORKFLOW_STATUSES), byClient];

/** Lists what is deployed, all of it or what is in one state; a row leads to its project's runs. */
export function InstancesPanel({ filter, onFilter }: { filter: WorkflowFilter; onFilter: (filter: WorkflowFilter) => void }) {
  const query = useQuery(workflowsOptions(filter));
  const canDeploy = useCan("workflows:deploy");
  return (
    <List
      label="Deployed workflows"
      noun="workflows"
      searched="Name"
      filters={FILTERS}
      columns={COLUMNS}
      defaultSort="-created_at"
      query={query}
      filter={filter}
      onFilter={onFilter}
      exported={{ name: "workflows.csv", load: () => exportWorkflows({ query: exportQuery(filter), parseAs: "blob", throwOnError: true }) }}
      rowKey={(row) => row.id}
      rowLink={(row) => linkOptions({ to: "/projects/$projectId", params: { projectId: row.project.id }, search: { tab: "workflows" } })}
      bulk={canDeploy ? { actions: [PAUSE, RESUME], nameOf: (row) => `${row.name} of ${row.project.title}` } : undefined}
      empty={
        <EmptyState icon={WorkflowIcon} title="No workflows deployed yet" action={<ButtonLink to="/projects">Go to projects</ButtonLink>}>
          Connect an n8n server, import a template, then deploy it from an approved project.
        </EmptyState>
      }
    />
  );
}

const PAUSE: BulkAction<WorkflowOut> = {
  verb: "Pause",
  icon: PauseIcon,
  doing: (count) => `Pausing ${counted(count)}`,
  done: (count) => `${counted(count)} paused`,
  question: (count) => ({ title: `Pause ${counted(count)}?`, description: "Paused workflows do not react to anything until you resume them." }),
  run: ({ id }) => pauseWorkflow({ path: { workflow_id: id }, throwOnError: true }),
  changed: (workflows) => workflows.flatMap((workflow) => changedByWorkflow(workflow)),
};

const RESUME: BulkAction<WorkflowOut> = {
  verb: "Resume",
  icon: PlayIcon,
  doing: (count) => `Resuming ${counted(count)}`,
  done: (count) => `${counted(count)} resumed`,
  run: ({ id }) => resumeWorkflow({ path: { workflow_id: id }, throwOnError: true }),
  changed: PAUSE.changed,
};

function counted(count: number): string {
  return count === 1 ? "1 workflow" : `${count === 0 ? "No" : count} workflows`;
}
