import type { ExecutionStatus, WorkflowStatus } from "@/api/generated";
import { ArchivedMark, DoneMark, FailedMark, NoneMark, PausedMark, RunningMark, WaitingMark } from "@/ui/icon";
import { statusPill, type StatusLooks } from "@/ui/patterns/status-pill";
import { runStatuses, workflowStatuses } from "./texts/statuses";

/** The states of a deployed workflow, with the words used everywhere. */
export const WORKFLOW_STATUSES: StatusLooks<WorkflowStatus> = {
  DEPLOYING: { label: workflowStatuses.DEPLOYING, tone: "info", icon: WaitingMark },
  ACTIVE: { label: workflowStatuses.ACTIVE, tone: "ok", icon: RunningMark },
  PAUSED: { label: workflowStatuses.PAUSED, tone: "warn", icon: PausedMark },
  FAILED: { label: workflowStatuses.FAILED, tone: "bad", icon: FailedMark },
  REMOVED: { label: workflowStatuses.REMOVED, tone: "neutral", icon: ArchivedMark },
};

/** The states of a run. */
export const EXECUTION_STATUSES: StatusLooks<ExecutionStatus> = {
  RUNNING: { label: runStatuses.RUNNING, tone: "info", icon: RunningMark },
  SUCCESS: { label: runStatuses.SUCCESS, tone: "ok", icon: DoneMark },
  ERROR: { label: runStatuses.ERROR, tone: "bad", icon: FailedMark },
  CANCELED: { label: runStatuses.CANCELED, tone: "neutral", icon: NoneMark },
};

/** Says a workflow's status. */
export const WorkflowPill = statusPill(WORKFLOW_STATUSES);

/** Says how a run stands. */
export const ExecutionPill = statusPill(EXECUTION_STATUSES);
