import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ExecutionOut, TriggerKind } from "@/api/generated";
import { ListView } from "@/lib/list/list-view";
import { PlayIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { Skeleton } from "@/ui/primitives/skeleton";
import { formatDuration } from "./duration";
import { executionListOptions } from "./queries";
import { ExecutionPill } from "./workflow-status";

/** Lists a workflow's runs, newest first, and follows those that are under way. */
export function ExecutionLog({ workflowId, name }: { workflowId: string; name: string }) {
  const [page, setPage] = useState(1);
  const query = useQuery(executionListOptions(workflowId, page));
  return (
    <ListView
      query={query}
      noun="runs"
      skeleton={<LogSkeleton />}
      onPlace={(place) => setPage(place.page ?? 1)}
      empty={
        <EmptyState icon={PlayIcon} title="No runs yet">
          Runs appear here with their start time, duration and result.
        </EmptyState>
      }
    >
      {(runs) => (
        <ol aria-label={`Runs of ${name}`} aria-live="polite" aria-relevant="additions text" className="rounded-control border border-line">
          {runs.map((run) => (
            <Run key={run.id} run={run} />
          ))}
        </ol>
      )}
    </ListView>
  );
}

const TRIGGERS: ReadonlyMap<string, string> = new Map<TriggerKind, string>([
  ["MANUAL", "Started manually"],
  ["EXTERNAL", "Started by an external event"],
]);

function Run({ run }: { run: ExecutionOut }) {
  const facts = [
    TRIGGERS.get(run.trigger),
    run.finished_at && `took ${formatDuration(run.started_at, run.finished_at)}`,
    run.engine_execution_id && `n8n run ${run.engine_execution_id}`,
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
    <div role="status" aria-label="Loading" className="flex flex-col rounded-control border border-line">
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
