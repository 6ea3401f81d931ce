import type { ExecutionStatus, WorkflowStatus } from "@/api/generated";
import { useCan } from "@/lib/session/me";
import { ArchivedMark, DoneMark, FailedMark, NoneMark, PausedMark, RunningMark, WaitingMark } from "@/ui/icon";
import { statusPill, type StatusLooks } from "@/ui/patterns/status-pill";
import { clientWorkflowStatuses, runStatuses, workflowStatuses } from "./texts/statuses";

/** The states of a deployed workflow, with the words used everywhere. */
export const WORKFLOW_STATUSES: StatusLooks<WorkflowStatus> = {
  DEPLOYING: { label: workflowStatuses.DEPLOYING, tone: "info", icon: WaitingMark },
  ACTIVE: { label: workflowStatuses.ACTIVE, tone: "ok", icon: RunningMark },
  PAUSED: { label: workflowStatuses.PAUSED, tone: "warn", icon: PausedMark },
  FAILED: { label: workflowStatuses.FAILED, tone: "bad", icon: FailedMark },
  REMOVED: { label: workflowStatuses.REMOVED, tone: "neutral", icon: ArchivedMark },
};

const CLIENT_WORKFLOW_STATUSES: StatusLooks<WorkflowStatus> = {
  ...WORKFLOW_STATUSES,
  DEPLOYING: { ...WORKFLOW_STATUSES.DEPLOYING, label: clientWorkflowStatuses.DEPLOYING },
  FAILED: { ...WORKFLOW_STATUSES.FAILED, label: clientWorkflowStatuses.FAILED },
};

/** The states of a run. */
export const EXECUTION_STATUSES: StatusLooks<ExecutionStatus> = {
  RUNNING: { label: runStatuses.RUNNING, tone: "info", icon: RunningMark },
  SUCCESS: { label: runStatuses.SUCCESS, tone: "ok", icon: DoneMark },
  ERROR: { label: runStatuses.ERROR, tone: "bad", icon: FailedMark },
  CANCELED: { label: runStatuses.CANCELED, tone: "neutral", icon: NoneMark },
};

/** Gives the states of a deployed workflow in the reader's words. */
export function useWorkflowStatuses(): StatusLooks<WorkflowStatus> {
  return useCan("workflows:deploy") ? WORKFLOW_STATUSES : CLIENT_WORKFLOW_STATUSES;
}

const StaffPill = statusPill(WORKFLOW_STATUSES);
const ClientPill = statusPill(CLIENT_WORKFLOW_STATUSES);

/** Says a workflow's status, in the reader's words. */
export function WorkflowPill({ status }: { status: string }) {
  return useCan("workflows:deploy") ? <StaffPill status={status} /> : <ClientPill status={status} />;
}

/** Says how a run stands. */
export const ExecutionPill = statusPill(EXECUTION_STATUSES);
