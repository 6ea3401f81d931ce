import type { ExecutionStatus, WorkflowStatus } from "@/api/generated";
import { ArchivedMark, DoneMark, FailedMark, NoneMark, PausedMark, RunningMark, WaitingMark } from "@/ui/icon";
import { statusPill, type StatusLooks } from "@/ui/patterns/status-pill";

/** The states of a deployed workflow, with the words used everywhere. */
export const WORKFLOW_STATUSES: StatusLooks<WorkflowStatus> = {
  DEPLOYING: { label: "Deploying", tone: "info", icon: WaitingMark },
  ACTIVE: { label: "Active", tone: "ok", icon: RunningMark },
  PAUSED: { label: "Paused", tone: "warn", icon: PausedMark },
  FAILED: { label: "Failed", tone: "bad", icon: FailedMark },
  REMOVED: { label: "Removed", tone: "neutral", icon: ArchivedMark },
};

/** The states of a run. */
export const EXECUTION_STATUSES: StatusLooks<ExecutionStatus> = {
  RUNNING: { label: "Running", tone: "info", icon: RunningMark },
  SUCCESS: { label: "Succeeded", tone: "ok", icon: DoneMark },
  ERROR: { label: "Failed", tone: "bad", icon: FailedMark },
  CANCELED: { label: "Cancelled", tone: "neutral", icon: NoneMark },
};

/** Says a workflow's status. */
export const WorkflowPill = statusPill(WORKFLOW_STATUSES);

/** Says how a run stands. */
export const ExecutionPill = statusPill(EXECUTION_STATUSES);
