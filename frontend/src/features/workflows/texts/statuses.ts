/** What a deployed workflow and a run are said to be, in English. */

export const workflowStatuses = { DEPLOYING: "Deploying", ACTIVE: "Active", PAUSED: "Paused", FAILED: "Deployment failed", REMOVED: "Removed" };

export const runStatuses = { RUNNING: "Running", SUCCESS: "Succeeded", ERROR: "Failed", CANCELED: "Cancelled" };
