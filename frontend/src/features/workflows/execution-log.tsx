import { useQuery } from "@tanstack/react-query";
import { exportExecutions, type ExecutionOut } from "@/api/generated";
import { exportQuery } from "@/lib/list/address";
import { byStatus } from "@/lib/list/filter-parts";
import { List } from "@/lib/list/list";
import { PlayIcon } from "@/ui/icon";
import type { Column } from "@/ui/patterns/data-column";
import { EmptyState } from "@/ui/patterns/empty-state";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { lookOf } from "@/ui/patterns/status-pill";
import { formatDuration } from "./duration";
import { EXECUTION_ORDER, type ExecutionFilter, type ExecutionSort } from "./lists";
import { executionListOptions } from "./queries";
import { log } from "./texts/project";
import { EXECUTION_STATUSES, ExecutionPill } from "./workflow-status";

/** Only what this release knows is told. */
const TRIGGERS: Partial<Record<string, string>> = log.triggers;

type RunColumn = Column<ExecutionOut, ExecutionSort>;

const resultColumn = (reasonOf: (run: ExecutionOut) => string | null): RunColumn => ({
  id: "result",
  head: log.result,
  card: "title",
  cell: (run) => <Result run={run} reason={reasonOf(run)} />,
});

const COLUMNS: RunColumn[] = [
  { id: "started", head: log.started, sort: "-started_at", card: "status", cell: (run) => <RelativeTime at={run.started_at} />, className: "text-ink-2" },
  { id: "trigger", head: log.trigger, card: "subtitle", cell: (run) => TRIGGERS[run.trigger], className: "text-ink-2" },
  { id: "took", head: log.took, align: "right", card: "subtitle", cell: (run) => run.finished_at && formatDuration(run.started_at, run.finished_at), className: "text-ink-2" },
];
const CLIENT_COLUMNS: RunColumn[] = [resultColumn((run) => (run.status === "ERROR" ? log.failed : null)), ...COLUMNS];
/** With what n8n said, and where staff can look at the run there. */
const STAFF_COLUMNS: RunColumn[] = [
  resultColumn((run) => run.error_message),
  ...COLUMNS,
  { id: "number", head: log.number, align: "right", card: "none", room: "medium", cell: (run) => run.engine_execution_id, className: "text-ink-3" },
];

const FILTERS = [byStatus(EXECUTION_STATUSES, log.result)];

export interface ExecutionLogProps {
  workflowId: string;
  name: string;
  isStaff: boolean;
  filter: ExecutionFilter;
  onFilter: (filter: ExecutionFilter) => void;
}

/** Lists a workflow's runs, newest first, and follows those that are under way. */
export function ExecutionLog({ workflowId, name, isStaff, filter, onFilter }: ExecutionLogProps) {
  const query = useQuery(executionListOptions(workflowId, filter));
  const isFromTheNewest = !filter.status && !filter.sort && !filter.page && !filter.cursor;
  const newest = isFromTheNewest ? query.data?.items[0] : undefined;
  return (
    <>
      <List
        label={log.label(name)}
        noun={log.noun}
        filters={FILTERS}
        columns={isStaff ? STAFF_COLUMNS : CLIENT_COLUMNS}
        defaultSort={EXECUTION_ORDER}
        query={query}
        filter={filter}
        onFilter={onFilter}
        exported={{
          name: "executions.csv",
          load: () => exportExecutions({ path: { workflow_id: workflowId }, query: { ...exportQuery(filter), sort: filter.sort ?? EXECUTION_ORDER }, parseAs: "blob", throwOnError: true }),
        }}
        rowKey={(run) => run.id}
        empty={
          <EmptyState icon={PlayIcon} title={log.empty.title}>
            {log.empty.hint}
          </EmptyState>
        }
      />
      {newest && (
        <p role="status" className="sr-only">
          {log.newest(name, lookOf(EXECUTION_STATUSES, newest.status).label)}
        </p>
      )}
    </>
  );
}

/** Tells how a run ended, with the reason: staff its own, clients that it failed. */
function Result({ run, reason }: { run: ExecutionOut; reason: string | null }) {
  return (
    <span className="flex flex-col items-start gap-1">
      <ExecutionPill status={run.status} />
      {reason && <span className="text-sm font-normal break-words whitespace-pre-line text-bad">{reason}</span>}
    </span>
  );
}
