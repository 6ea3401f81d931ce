import { keepPreviousData } from "@tanstack/react-query";
import type { ExecutionOut, WorkflowOut, WorkflowStatus } from "@/api/generated";
import {
  listWorkflowEnvironmentsOptions,
  listWorkflowExecutionsOptions,
  listWorkflowsOptions,
  listWorkflowTemplatesOptions,
} from "@/api/generated/@tanstack/react-query.gen";

const MOVING_MS = 2_000;
/** Somebody outside may start a run at any time: a log that is open looks now and then. */
const RESTING_MS = 15_000;

/** What the address of the deployed workflows holds. */
export interface WorkflowFilter {
  status?: WorkflowStatus | undefined;
  page?: number | undefined;
}

interface Asked<Item> {
  state: { data: { items: Item[] } | undefined };
}

const whileDeploying = (query: Asked<WorkflowOut>) => (query.state.data?.items.some((workflow) => workflow.status === "DEPLOYING") ? MOVING_MS : false);
const whileRunning = (query: Asked<ExecutionOut>) => (query.state.data?.items.some((run) => run.status === "RUNNING") ? MOVING_MS : RESTING_MS);

/** How to ask for a project's workflows; asks again while one is on its way to n8n. */
export function projectWorkflowsOptions(projectId: string) {
  return { ...listWorkflowsOptions({ query: { project_id: projectId, limit: 100 } }), refetchInterval: whileDeploying };
}

/** How to ask for a page of all workflows; the last page stays until the next is there. */
export function workflowsOptions({ status, page }: WorkflowFilter) {
  return { ...listWorkflowsOptions({ query: { status, page } }), placeholderData: keepPreviousData, refetchInterval: whileDeploying };
}

/** How to ask for a page of a workflow's runs; follows those that are under way. */
export function executionListOptions(workflowId: string, page: number) {
  const options = listWorkflowExecutionsOptions({ path: { workflow_id: workflowId }, query: { page, limit: 8 } });
  return { ...options, placeholderData: keepPreviousData, refetchInterval: whileRunning };
}

/** How to ask for a workflow's last run, and how many there were. */
export function lastExecutionOptions(workflowId: string) {
  return { ...listWorkflowExecutionsOptions({ path: { workflow_id: workflowId }, query: { limit: 1 } }), refetchInterval: whileRunning };
}

/** How to ask for the library of templates, newest first. */
export function templatesOptions() {
  return listWorkflowTemplatesOptions({ query: { limit: 100 } });
}

/** How to ask for the connected n8n servers. */
export function environmentsOptions() {
  return listWorkflowEnvironmentsOptions({ query: { limit: 100 } });
}
