import type { WorkflowOut } from "@/api/generated";
import {
  getDashboardQueryKey,
  getProjectQueryKey,
  getWorkflowQueryKey,
  listProjectActivityQueryKey,
  listProjectsQueryKey,
  listWorkflowEnvironmentsQueryKey,
  listWorkflowExecutionsQueryKey,
  listWorkflowsQueryKey,
  listWorkflowTemplatesQueryKey,
} from "@/api/generated/@tanstack/react-query.gen";
import type { TopicReads } from "@/lib/live/use-live";
import { every, overviews, type ReadKey } from "@/lib/refresh";

/** Names what a deployment changes: the project begins with its first one. */
export function changedByDeployment(projectId: string): readonly ReadKey[] {
  const path = { project_id: projectId };
  return [listWorkflowsQueryKey(), getProjectQueryKey({ path }), listProjectsQueryKey(), listProjectActivityQueryKey({ path }), ...overviews()];
}

/** Names what a step of a workflow, or a run, changes. */
export function changedByWorkflow(workflow: Pick<WorkflowOut, "id" | "project">): readonly ReadKey[] {
  const path = { workflow_id: workflow.id };
  return [getWorkflowQueryKey({ path }), listWorkflowExecutionsQueryKey({ path }), ...changedByDeployment(workflow.project.id)];
}

/** Names what connecting or checking an n8n server changes. */
export function changedByEnvironment(): readonly ReadKey[] {
  return [listWorkflowEnvironmentsQueryKey(), every("getWorkflowEnvironment"), every("listAuditEvents")];
}

/** Names what a new template changes. */
export function changedByTemplate(): readonly ReadKey[] {
  return [listWorkflowTemplatesQueryKey(), every("getWorkflowTemplate"), every("listAuditEvents")];
}

/** Names what shows a workflow that somebody changed, or a run that began or ended. */
export const workflowTopics = {
  workflows: ({ id, project_id }) => [...(id ? [getWorkflowQueryKey({ path: { workflow_id: id } })] : []), listWorkflowsQueryKey(), ...around(project_id)],
  executions: ({ project_id }) => [every("listWorkflowExecutions"), ...around(project_id)],
} satisfies TopicReads;

function around(projectId: string | null): readonly ReadKey[] {
  return [...(projectId ? [listProjectActivityQueryKey({ path: { project_id: projectId } })] : []), getDashboardQueryKey()];
}
