import { getDashboardQueryKey, getProjectQueryKey, listProjectActivityQueryKey, listProjectsQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import type { TopicReads } from "@/lib/live/use-live";
import { overviews, type ReadKey } from "@/lib/refresh";

/** Names what a new project or a step of one changes. */
export function changedByProject(projectId: string): readonly ReadKey[] {
  return [...showingProject(projectId), ...overviews()];
}

/** Names what shows a project that somebody changed. */
export const projectTopics = {
  projects: ({ id }) => [...showingProject(id), getDashboardQueryKey()],
} satisfies TopicReads;

function showingProject(projectId: string | null): readonly ReadKey[] {
  if (projectId === null) return [listProjectsQueryKey()];
  const path = { project_id: projectId };
  return [getProjectQueryKey({ path }), listProjectsQueryKey(), listProjectActivityQueryKey({ path })];
}
