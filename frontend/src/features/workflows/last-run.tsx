import type { WorkflowOut } from "@/api/generated";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { lookOf } from "@/ui/patterns/status-pill";
import { lastRun } from "./texts/last-run";
import { EXECUTION_STATUSES } from "./workflow-status";

/** Tells how and when a workflow ran last, and in the bad tone how many of its runs failed lately. */
export function LastRun({ workflow: { last_run: run, recent_failures: failures } }: { workflow: Pick<WorkflowOut, "last_run" | "recent_failures"> }) {
  if (!run) return <span className="text-ink-3">{lastRun.none}</span>;
  const { label, tone } = lookOf(EXECUTION_STATUSES, run.status);
  return (
    <span className="flex flex-col items-start">
      <span className={tone === "bad" ? "text-bad" : "text-ink-2"}>
        {label} <RelativeTime at={run.started_at} />
      </span>
      {failures > 0 && <span className="tabular text-sm text-bad">{lastRun.failures(failures)}</span>}
    </span>
  );
}
