import type { ExecutionStatus, WorkflowStatus } from "@/api/generated";
import { ArchivedMark, DoneMark, FailedMark, NoneMark, PausedMark, RunningMark, WaitingMark, type IconShape } from "@/ui/icon";
import { Pill, type Tone } from "@/ui/primitives/pill";

interface Look {
  label: string;
  tone: Tone;
  icon: IconShape;
}

/** The states of a deployed workflow, with the words used everywhere. */
export const WORKFLOW_STATUSES: Record<WorkflowStatus, Look> = {
  DEPLOYING: { label: "Deploying", tone: "info", icon: WaitingMark },
  ACTIVE: { label: "Active", tone: "ok", icon: RunningMark },
  PAUSED: { label: "Paused", tone: "warn", icon: PausedMark },
  FAILED: { label: "Failed", tone: "bad", icon: FailedMark },
  REMOVED: { label: "Removed", tone: "neutral", icon: ArchivedMark },
};

/** The states of a run. */
export const EXECUTION_STATUSES: Record<ExecutionStatus, Look> = {
  RUNNING: { label: "Running", tone: "info", icon: RunningMark },
  SUCCESS: { label: "Succeeded", tone: "ok", icon: DoneMark },
  ERROR: { label: "Failed", tone: "bad", icon: FailedMark },
  CANCELED: { label: "Cancelled", tone: "neutral", icon: NoneMark },
};

function LookPill({ look }: { look: Look }) {
  return (
    <Pill tone={look.tone} icon={look.icon}>
      {look.label}
    </Pill>
  );
}

/** Says a workflow's status. */
export function WorkflowPill({ status }: { status: WorkflowStatus }) {
  return <LookPill look={WORKFLOW_STATUSES[status]} />;
}

/** Says how a run stands. */
export function ExecutionPill({ status }: { status: ExecutionStatus }) {
  return <LookPill look={EXECUTION_STATUSES[status]} />;
}
