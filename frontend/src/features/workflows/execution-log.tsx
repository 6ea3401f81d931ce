import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ExecutionOut } from "@/api/generated";
import { ListView } from "@/lib/list/list-view";
import { PlayIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { Skeleton } from "@/ui/primitives/skeleton";
import { formatDuration } from "./duration";
import { executionListOptions } from "./queries";
import { log } from "./texts/project";
import { ExecutionPill } from "./workflow-status";

/** Lists a workflow's runs, newest first, and follows those that are under way; to staff with their number in n8n, where they can look. */
export function ExecutionLog({ workflowId, name, isStaff }: { workflowId: string; name: string; isStaff: boolean }) {
  const [page, setPage] = useState(1);
  const query = useQuery(executionListOptions(workflowId, page));
  return (
    <ListView
      query={query}
      noun={log.noun}
      skeleton={<LogSkeleton />}
      onPlace={(place) => setPage(place.page ?? 1)}
      empty={
        <EmptyState icon={PlayIcon} title={log.empty.title}>
          {log.empty.hint}
        </EmptyState>
      }
    >
      {(runs) => (
        <ol aria-label={log.label(name)} aria-live="polite" aria-relevant="additions text" className="rounded-control border border-line">
          {runs.map((run) => (
            <Run key={run.id} run={run} isStaff={isStaff} />
          ))}
        </ol>
      )}
    </ListView>
  );
}

/** Only what this release knows is told. */
const TRIGGERS: Partial<Record<string, string>> = log.triggers;

function Run({ run, isStaff }: { run: ExecutionOut; isStaff: boolean }) {
  const facts = [
    TRIGGERS[run.trigger],
    run.finished_at && log.took(formatDuration(run.started_at, run.finished_at)),
    isStaff && run.engine_execution_id && log.id(run.engine_execution_id),
  ].filter(Boolean);
  return (
    <li className="flex flex-col gap-1 border-line px-4 py-2.5 not-last:border-b max-sm:px-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="flex w-24 shrink-0">
          <ExecutionPill status={run.status} />
        </span>
        <span className="order-last min-w-0 flex-1 text-sm text-ink-2 max-sm:basis-full sm:order-none">{facts.join(" · ")}</span>
        <span className="text-sm text-ink-3 max-sm:ml-auto">
          <RelativeTime at={run.started_at} />
        </span>
      </div>
      {run.error_message && <p className="text-sm break-words whitespace-pre-line text-bad sm:ml-27">{run.error_message}</p>}
    </li>
  );
}

function LogSkeleton() {
  return (
    <div role="status" aria-label={log.loading} className="flex flex-col rounded-control border border-line">
      {[1, 2, 3].map((row) => (
        <div key={row} className="flex h-11 items-center gap-4 border-line px-4 not-last:border-b max-sm:px-3">
          <Skeleton className="h-5 w-20 rounded-full" />
          <Skeleton className="h-3.5 w-40" />
          <Skeleton className="ml-auto h-3.5 w-16" />
        </div>
      ))}
    </div>
  );
}
