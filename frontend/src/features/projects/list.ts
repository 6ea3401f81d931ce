import type { ListProjectsData, ProjectStatus } from "@/api/generated";
import { bothWays, type ListFilter, type ListKind, type SortOf } from "@/lib/list/address";
import { PROJECT_STATUS_ORDER } from "./statuses";

export type ProjectSort = SortOf<ListProjectsData>;
const SORTS: readonly ProjectSort[] = bothWays("created_at", "updated_at", "code", "title");

export type ProjectFilter = ListFilter<ProjectStatus, ProjectSort>;

/** What the list of projects can be narrowed and sorted by. */
export const PROJECT_LIST: ListKind<ProjectStatus, ProjectSort> = { statuses: PROJECT_STATUS_ORDER, sorts: SORTS, takes: ["q", "org_id", "days"] };
