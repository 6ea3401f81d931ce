import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { listProjectActivity, type ProjectStatus } from "@/api/generated";
import { getProjectOptions, listProjectActivityQueryKey, listProjectsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ListFilter } from "@/lib/list-filter";

export type ProjectFilter = ListFilter<ProjectStatus>;
/** Whose timeline is shown: the whole, or what the client sees of it. */
export type TimelineView = "all" | "client";

/** How to ask for a page of projects; the last page stays until the next is there. */
export function projectListOptions(filter: ProjectFilter) {
  return { ...listProjectsOptions({ query: filter }), placeholderData: keepPreviousData };
}

/** How to ask for one project. */
export function projectOptions(projectId: string) {
  return getProjectOptions({ path: { project_id: projectId } });
}

/** How to ask what happened to a project, newest first; for the client's view the server leaves out what the client is not told. */
export function projectActivityOptions(projectId: string, view: TimelineView = "all") {
  const path = { project_id: projectId };
  const query = { limit: 50, visibility: view === "client" ? ("CLIENT" as const) : undefined };
  return infiniteQueryOptions({
    queryKey: listProjectActivityQueryKey({ path, query }),
    queryFn: async ({ pageParam, signal }) => (await listProjectActivity({ path, query: { ...query, cursor: pageParam }, signal, throwOnError: true })).data,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}
