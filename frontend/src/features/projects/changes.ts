import { getDashboardQueryKey, getProjectQueryKey, listProjectActivityQueryKey, listProjectsQueryKey, listProposalsQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import type { TopicReads } from "@/lib/live/use-live";
import { every, overviews, type ReadKey } from "@/lib/refresh";

/** Names what shows a project that changed. */
export const projectTopics = {
  projects: ({ id }) => [...showingProject(id), getDashboardQueryKey()],
} satisfies TopicReads;

/** Names what a new project or a step of one changes. */
export function changedByProject(projectId: string): readonly ReadKey[] {
  return [...projectTopics.projects({ id: projectId, project_id: projectId }), ...overviews()];
}

function showingProject(projectId: string | null): readonly ReadKey[] {
  if (projectId === null) return [listProjectsQueryKey()];
  const path = { project_id: projectId };
  // A project that is archived closes its proposals, and opens them when it is restored.
  const proposals = [every("getProposal"), every("viewSharedProposal"), listProposalsQueryKey()];
  return [getProjectQueryKey({ path }), listProjectsQueryKey(), listProjectActivityQueryKey({ path }), ...proposals];
}
