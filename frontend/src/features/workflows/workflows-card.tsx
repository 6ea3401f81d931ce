import { useQuery } from "@tanstack/react-query";
import type { WorkflowOut } from "@/api/generated";
import { LoadError } from "@/lib/load-error";
import { cx } from "@/ui/class-names";
import { Card } from "@/ui/patterns/card";
import { lookOf } from "@/ui/patterns/status-pill";
import { Skeleton } from "@/ui/primitives/skeleton";
import { LastRun } from "./last-run";
import { projectWorkflowsOptions } from "./queries";
import { lastRun } from "./texts/last-run";
import { card } from "./texts/project";
import { useWorkflowStatuses } from "./workflow-status";

const TONES = { neutral: "text-ink-3", info: "text-soft-ink", ok: "text-ok", warn: "text-warn", bad: "text-bad" };

/** Shows beside a project's timeline what is automated for it. */
export function WorkflowsCard({ projectId, onAll }: { projectId: string; onAll: () => void }) {
  const query = useQuery(projectWorkflowsOptions(projectId));
  const workflows = query.data?.items;
  return (
    <Card
      title={card.title}
      isFlush
      aside={
        workflows?.length ? (
          <button type="button" onClick={onAll} className="rounded-control text-base text-accent hover:text-accent-2 hover:underline">
            {card.all}
          </button>
        ) : null
      }
    >
      {query.isPending ? (
        <div className="flex flex-col gap-2 p-5">
          <Skeleton className="h-4 w-40" />
          <Skeleton className="h-3.5 w-24" />
        </div>
      ) : !workflows ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : workflows.length === 0 ? (
        <p className="p-5 text-base text-ink-3 max-sm:p-4">{card.empty}</p>
      ) : (
        <ul className="px-5 max-sm:px-4">
          {workflows.map((workflow) => (
            <Line key={workflow.id} workflow={workflow} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Line({ workflow }: { workflow: WorkflowOut }) {
  const { label, tone, icon: Mark } = lookOf(useWorkflowStatuses(), workflow.status);
  return (
    <li className="flex gap-2.5 border-line py-3 not-last:border-b">
      <Mark aria-hidden="true" className={cx("mt-0.5 size-4 shrink-0", TONES[tone])} />
      <div className="min-w-0">
        <p className="text-base font-medium break-words">{workflow.name}</p>
        <p className="text-sm text-ink-3">{label}</p>
        <div className="flex flex-wrap gap-x-1.5 text-sm">
          {workflow.last_run && <span className="text-ink-3">{lastRun.title}:</span>}
          <LastRun workflow={workflow} />
        </div>
      </div>
    </li>
  );
}
