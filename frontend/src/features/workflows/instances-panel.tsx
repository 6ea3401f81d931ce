import { useQuery } from "@tanstack/react-query";
import { linkOptions } from "@tanstack/react-router";
import { exportWorkflows, type WorkflowOut } from "@/api/generated";
import { exportQuery } from "@/lib/list/address";
import type { BulkAction } from "@/lib/list/bulk-actions";
import { byClient, byStatus, type FilterPart } from "@/lib/list/filter-parts";
import { List } from "@/lib/list/list";
import { useCan } from "@/lib/session/me";
import { PauseIcon, PlayIcon } from "@/ui/icon";
import { cx } from "@/ui/class-names";
import { NAME, TWO_LINES, type Column } from "@/ui/patterns/data-column";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { FirstSteps } from "./first-steps";
import { LastRun } from "./last-run";
import { asOperation, type WorkflowFilter, type WorkflowSort } from "./lists";
import { workflowsOptions } from "./queries";
import { deployed, pausing, resuming } from "./texts/admin";
import { lastRun } from "./texts/last-run";
import { WORKFLOW_STATUSES, WorkflowPill } from "./workflow-status";

const COLUMNS: Column<WorkflowOut, WorkflowSort>[] = [
  { id: "name", head: deployed.name, sort: "name", card: "title", cell: (row) => <Name workflow={row} /> },
  { id: "client", head: deployed.client, card: "subtitle", className: NAME, cell: (row) => <span title={row.organization.name}>{row.organization.name}</span> },
  { id: "project", head: deployed.project, card: "subtitle", room: "medium", cell: (row) => <span className={TWO_LINES} title={row.project.title}>{row.project.title}</span> },
  { id: "code", head: deployed.code, card: "none", room: "wide", cell: (row) => <span className="font-mono text-sm whitespace-nowrap text-ink-3">{row.project.code}</span> },
  { id: "version", head: deployed.version, align: "right", card: "none", room: "wide", cell: (row) => row.template_version },
  { id: "run", head: lastRun.title, card: "subtitle", cell: (row) => <LastRun workflow={row} /> },
  { id: "changed", head: deployed.changed, card: "none", room: "wide", cell: (row) => <RelativeTime at={row.updated_at} />, className: "text-ink-2" },
  { id: "status", head: deployed.status, card: "value", cell: (row) => <WorkflowPill status={row.status} /> },
];

/** Names a workflow; where its project has no column, below that: it tells two of one template apart. */
function Name({ workflow: { name, project } }: { workflow: WorkflowOut }) {
  return (
    <>
      <span className="font-medium">{name}</span>
      <span className={cx(TWO_LINES, "hidden text-sm whitespace-normal text-ink-3 @max-3xl:in-[td]:block")}>{project.title}</span>
    </>
  );
}

const FILTERS: readonly FilterPart<WorkflowFilter>[] = [
  byStatus(WORKFLOW_STATUSES),
  { kind: "choice", key: "failing", label: deployed.health, options: [{ value: "yes", label: deployed.failing }] },
  byClient,
];

/** Lists what is deployed, all of it or what is in one state; a row leads to its project's runs. */
export function InstancesPanel({ filter, onFilter }: { filter: WorkflowFilter; onFilter: (filter: WorkflowFilter) => void }) {
  const query = useQuery(workflowsOptions(filter));
  const canDeploy = useCan("workflows:deploy");
  return (
    <List
      label={deployed.label}
      noun={deployed.noun}
      searched={deployed.searched}
      filters={FILTERS}
      columns={COLUMNS}
      defaultSort="-created_at"
      query={query}
      filter={filter}
      onFilter={onFilter}
      exported={{ name: "workflows.csv", load: () => exportWorkflows({ query: exportQuery(asOperation(filter)), parseAs: "blob", throwOnError: true }) }}
      rowKey={(row) => row.id}
      rowLink={(row) => linkOptions({ to: "/projects/$projectId", params: { projectId: row.project.id }, search: { tab: "workflows", workflow: row.id } })}
      bulk={canDeploy ? { actions: [PAUSE, RESUME], filter: asOperation(filter), nameOf: (row) => deployed.selected(row.name, row.project.title) } : undefined}
      empty={<FirstSteps />}
    />
  );
}

const PAUSE: BulkAction = {
  kind: "workflows.pause",
  verb: pausing.verb,
  icon: PauseIcon,
  count: pausing.count,
  question: (what) => ({ title: pausing.question(what), description: pausing.hint }),
};

const RESUME: BulkAction = {
  kind: "workflows.resume",
  verb: resuming.verb,
  icon: PlayIcon,
  count: resuming.count,
  question: (what) => ({ title: resuming.question(what), description: resuming.hint }),
  isHarmless: true,
};
