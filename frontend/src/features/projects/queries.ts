import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { listProjectActivity } from "@/api/generated";
import { getProjectOptions, listProjectActivityQueryKey, listProjectsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { listQuery } from "@/lib/list/address";
import type { ProjectFilter } from "./list";
/** Whose timeline is shown: the whole, or what the client sees of it. */
export type TimelineView = "all" | "client";

/** How to ask for a page of projects; the last page stays until the next is there. */
export function projectListOptions(filter: ProjectFilter) {
  return { ...listProjectsOptions({ query: listQuery(filter) }), placeholderData: keepPreviousData };
}

/** How to ask for one project. */
export function projectOptions(projectId: string) {
  return getProjectOptions({ path: { project_id: projectId } });
}

/** How many entries of a timeline come first, and with each press for older ones. */
const FIRST = 10;
const OLDER = 50;

/** How to ask what happened to a project, newest first; for the client's view the server leaves out what the client is not told. */
export function projectActivityOptions(projectId: string, view: TimelineView = "all") {
  const path = { project_id: projectId };
  const query = { limit: FIRST, total: false, visibility: view === "client" ? ("CLIENT" as const) : undefined };
  return infiniteQueryOptions({
    queryKey: listProjectActivityQueryKey({ path, query }),
    queryFn: async ({ pageParam, signal }) => (await listProjectActivity({ path, query: { ...query, limit: pageParam ? OLDER : FIRST, cursor: pageParam }, signal, throwOnError: true })).data,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}
