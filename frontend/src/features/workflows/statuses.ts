import type { WorkflowStatus } from "@/api/generated";

/** The states of a deployed workflow, in the order in which it goes. */
export const WORKFLOW_STATUS_ORDER: readonly WorkflowStatus[] = ["DEPLOYING", "ACTIVE", "PAUSED", "FAILED", "REMOVED"];
