import { keepPreviousData } from "@tanstack/react-query";
import type { ExecutionOut, WorkflowOut } from "@/api/generated";
import {
  listWorkflowEnvironmentsOptions,
  listWorkflowExecutionsOptions,
  listWorkflowsOptions,
  listWorkflowTemplatesOptions,
} from "@/api/generated/@tanstack/react-query.gen";
import { listQuery } from "@/lib/list/address";
import { asOperation, EXECUTION_ORDER, type EnvironmentFilter, type ExecutionFilter, type TemplateFilter, type WorkflowFilter } from "./lists";

/** Pages hear what changes (`useLive`). Where nothing can be heard they look by themselves, more often while something moves. */
const MOVING_MS = 10_000;
const RESTING_MS = 60_000;

/** What a project shows of a workflow's runs on a page. */
const RUNS_AT_ONCE = 8;

interface Asked<Item> {
  state: { data: { items: Item[] } | undefined };
}

const whileDeploying = (query: Asked<WorkflowOut>) => (query.state.data?.items.some((workflow) => workflow.status === "DEPLOYING") ? MOVING_MS : false);
const whileRunning = (query: Asked<ExecutionOut>) => (query.state.data?.items.some((run) => run.status === "RUNNING") ? MOVING_MS : RESTING_MS);

/** How to ask for a project's workflows; asks again while one is on its way to n8n. */
export function projectWorkflowsOptions(projectId: string) {
  return { ...listWorkflowsOptions({ query: { project_id: projectId, limit: 100 } }), refetchInterval: whileDeploying };
}

/** How to ask for the workflows that were removed from a project; their runs can still be read. */
export function removedWorkflowsOptions(projectId: string) {
  return listWorkflowsOptions({ query: { project_id: projectId, status: "REMOVED", limit: 100 } });
}

/** How to ask for a page of all workflows; the last page stays until the next is there. */
export function workflowsOptions(filter: WorkflowFilter) {
  return { ...listWorkflowsOptions({ query: listQuery(asOperation(filter)) }), placeholderData: keepPreviousData, refetchInterval: whileDeploying };
}

/** How to ask for a page of a workflow's runs; follows those that are under way. */
export function executionListOptions(workflowId: string, filter: ExecutionFilter) {
  const query = { ...listQuery(filter), sort: filter.sort ?? EXECUTION_ORDER, limit: RUNS_AT_ONCE };
  const options = listWorkflowExecutionsOptions({ path: { workflow_id: workflowId }, query });
  return { ...options, placeholderData: keepPreviousData, refetchInterval: whileRunning };
}

/** How to ask for the whole library of templates, newest first. */
export function templatesOptions() {
  return listWorkflowTemplatesOptions({ query: { limit: 100 } });
}

/** How to ask for a page of the library. */
export function templateListOptions(filter: TemplateFilter) {
  return { ...listWorkflowTemplatesOptions({ query: listQuery(filter) }), placeholderData: keepPreviousData };
}

/** How to ask for all connected n8n servers. */
export function environmentsOptions() {
  return listWorkflowEnvironmentsOptions({ query: { limit: 100 } });
}

/** How to ask for a page of the connected n8n servers. */
export function environmentListOptions(filter: EnvironmentFilter) {
  return { ...listWorkflowEnvironmentsOptions({ query: listQuery(filter) }), placeholderData: keepPreviousData };
}
