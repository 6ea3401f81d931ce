import { getProjectQueryKey, listProjectActivityQueryKey, listProjectsQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { overviews, type ReadKey } from "@/lib/refresh";

/** Names what a new project or a step of one changes. */
export function changedByProject(projectId: string): readonly ReadKey[] {
  const path = { project_id: projectId };
  return [getProjectQueryKey({ path }), listProjectsQueryKey(), listProjectActivityQueryKey({ path }), ...overviews()];
}
