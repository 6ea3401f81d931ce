import { keepPreviousData } from "@tanstack/react-query";
import type { ProjectStatus } from "@/api/generated";
import { getProjectOptions, listProjectActivityOptions, listProjectsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ListFilter } from "@/lib/list-filter";

export type ProjectFilter = ListFilter<ProjectStatus>;

/** How to ask for a page of projects; the last page stays until the next is there. */
export function projectListOptions(filter: ProjectFilter) {
  return { ...listProjectsOptions({ query: filter }), placeholderData: keepPreviousData };
}

/** How to ask for one project. */
export function projectOptions(projectId: string) {
  return getProjectOptions({ path: { project_id: projectId } });
}

/** How to ask what happened to a project. */
export function projectActivityOptions(projectId: string) {
  return listProjectActivityOptions({ path: { project_id: projectId }, query: { limit: 50 } });
}
