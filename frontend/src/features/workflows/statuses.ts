import type { ExecutionStatus, WorkflowStatus } from "@/api/generated";

/** The states of a deployed workflow, in the order in which it goes. */
export const WORKFLOW_STATUS_ORDER: readonly WorkflowStatus[] = ["DEPLOYING", "ACTIVE", "PAUSED", "FAILED", "REMOVED"];

/** The states of a run. */
export const EXECUTION_STATUS_ORDER: readonly ExecutionStatus[] = ["RUNNING", "SUCCESS", "ERROR", "CANCELED"];
