/** What a deployed workflow and a run are said to be, in English. */

import type { ExecutionStatus, WorkflowStatus } from "@/api/generated";

export const workflowStatuses = { DEPLOYING: "Deploying", ACTIVE: "Active", PAUSED: "Paused", FAILED: "Deployment failed", REMOVED: "Removed" } satisfies Record<WorkflowStatus, string>;

/** What a client reads in place of what staff do. */
export const clientWorkflowStatuses = { DEPLOYING: "Being set up", FAILED: "Setup failed" };

export const runStatuses = { RUNNING: "Running", SUCCESS: "Succeeded", ERROR: "Failed", CANCELED: "Cancelled" } satisfies Record<ExecutionStatus, string>;
