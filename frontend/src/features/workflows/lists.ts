import type { ListWorkflowsData, WorkflowStatus } from "@/api/generated";
import { bothWays, type ListFilter, type ListKind, type SortOf } from "@/lib/list/address";
import { WORKFLOW_STATUS_ORDER } from "./statuses";

export type WorkflowSort = SortOf<ListWorkflowsData>;
const SORTS: readonly WorkflowSort[] = bothWays("created_at", "name");

export type WorkflowFilter = ListFilter<WorkflowStatus, WorkflowSort>;
export type TemplateFilter = ListFilter<never, WorkflowSort>;
export type EnvironmentFilter = ListFilter<never, WorkflowSort>;

/** What the lists of the workflows page can be narrowed and sorted by, each under its tab. */
export const WORKFLOW_LISTS: { deployed: ListKind<WorkflowStatus, WorkflowSort>; templates: ListKind<never, WorkflowSort>; environments: ListKind<never, WorkflowSort> } = {
  deployed: { statuses: WORKFLOW_STATUS_ORDER, sorts: SORTS, takes: ["q", "org_id"] },
  templates: { sorts: SORTS, takes: ["q"] },
  environments: { sorts: SORTS, takes: ["q"] },
};
