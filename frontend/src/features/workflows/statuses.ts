import type { ExecutionStatus, WorkflowStatus } from "@/api/generated";
import { allInOrder } from "@/lib/all-in-order";

/** The states of a deployed workflow, in the order in which it goes. */
export const WORKFLOW_STATUS_ORDER = allInOrder<WorkflowStatus>({ DEPLOYING: true, ACTIVE: true, PAUSED: true, FAILED: true, REMOVED: true });

/** The states of a run. */
export const EXECUTION_STATUS_ORDER = allInOrder<ExecutionStatus>({ RUNNING: true, SUCCESS: true, ERROR: true, CANCELED: true });
