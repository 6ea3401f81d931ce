import type { WorkflowOut } from "@/api/generated";
import {
  getDashboardQueryKey,
  getProjectQueryKey,
  getWorkflowQueryKey,
  listProjectActivityQueryKey,
  listProjectsQueryKey,
  listWorkflowEnvironmentsQueryKey,
  listWorkflowsQueryKey,
  listWorkflowTemplatesQueryKey,
} from "@/api/generated/@tanstack/react-query.gen";
import type { TopicReads } from "@/lib/live/use-live";
import { every, overviews, type ReadKey } from "@/lib/refresh";

/** Names what shows a workflow that changed, or a run that began or ended: lists tell of a workflow's last runs. */
export const workflowTopics = {
  workflows: ({ id, project_id }) => [...showingWorkflow(id), ...around(project_id)],
  executions: ({ project_id }) => [every("listWorkflowExecutions"), every("getWorkflow"), listWorkflowsQueryKey(), ...around(project_id)],
} satisfies TopicReads;

/** Names what a deployment changes: the project begins with its first one. */
export function changedByDeployment(projectId: string): readonly ReadKey[] {
  return [...workflowTopics.workflows({ id: null, project_id: projectId }), getProjectQueryKey({ path: { project_id: projectId } }), listProjectsQueryKey(), ...overviews()];
}

/** Names what a step of a workflow, or a run, changes. */
export function changedByWorkflow(workflow: Pick<WorkflowOut, "id" | "project">): readonly ReadKey[] {
  return [...showingWorkflow(workflow.id), ...workflowTopics.executions({ id: null, project_id: workflow.project.id }), ...changedByDeployment(workflow.project.id)];
}

/** Names what connecting or checking an n8n server changes. */
export function changedByEnvironment(): readonly ReadKey[] {
  return [listWorkflowEnvironmentsQueryKey(), every("getWorkflowEnvironment"), every("listAuditEvents")];
}

/** Names what a new template changes. */
export function changedByTemplate(): readonly ReadKey[] {
  return [listWorkflowTemplatesQueryKey(), every("getWorkflowTemplate"), every("listAuditEvents")];
}

function showingWorkflow(id: string | null): readonly ReadKey[] {
  return [...(id ? [getWorkflowQueryKey({ path: { workflow_id: id } })] : []), listWorkflowsQueryKey()];
}

function around(projectId: string | null): readonly ReadKey[] {
  return [...(projectId ? [listProjectActivityQueryKey({ path: { project_id: projectId } })] : []), getDashboardQueryKey()];
}
