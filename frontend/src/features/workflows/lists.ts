import type { ExecutionStatus, ListWorkflowExecutionsData, ListWorkflowsData, WorkflowStatus } from "@/api/generated";
import { bothWays, readListFilter, type ListFilter, type ListKind, type SortOf } from "@/lib/list/address";
import { wordParam } from "@/lib/search-params";
import { EXECUTION_STATUS_ORDER, WORKFLOW_STATUS_ORDER } from "./statuses";
import type { AdminTab } from "./tabs";

export type WorkflowSort = SortOf<ListWorkflowsData>;
const SORTS: readonly WorkflowSort[] = bothWays("created_at", "name");

export interface WorkflowFilter extends ListFilter<WorkflowStatus, WorkflowSort> {
  /** Leaves those whose deployment failed, or one of their runs of the last seven days. */
  failing?: "yes" | undefined;
}
export type TemplateFilter = ListFilter<never, WorkflowSort>;
export type EnvironmentFilter = ListFilter<never, WorkflowSort>;

/** What the lists of the workflows page can be narrowed and sorted by, each under its tab. */
export const WORKFLOW_LISTS: { deployed: ListKind<WorkflowStatus, WorkflowSort>; templates: ListKind<never, WorkflowSort>; environments: ListKind<never, WorkflowSort> } = {
  deployed: { statuses: WORKFLOW_STATUS_ORDER, sorts: SORTS, takes: ["q", "org_id"] },
  templates: { sorts: SORTS, takes: ["q"] },
  environments: { sorts: SORTS, takes: ["q"] },
};

export type ExecutionSort = SortOf<ListWorkflowExecutionsData>;
export type ExecutionFilter = ListFilter<ExecutionStatus, ExecutionSort>;

/** What the runs of a workflow can be narrowed and sorted by. */
export const EXECUTION_LIST: ListKind<ExecutionStatus, ExecutionSort> = { statuses: EXECUTION_STATUS_ORDER, sorts: bothWays("started_at"), takes: [] };
/** The order of runs where the address names none. */
export const EXECUTION_ORDER: ExecutionSort = "-started_at";

/** Reads the filter of a tab's list from the address. */
export function readWorkflowFilter(search: Record<string, unknown>, tab: AdminTab): WorkflowFilter {
  const filter = readListFilter(search, WORKFLOW_LISTS[tab]);
  return tab === "deployed" ? { ...filter, failing: wordParam(search.failing, ["yes"]) } : filter;
}

/** Gives the filter of the deployed workflows as the operation takes it. */
export function asOperation({ failing, ...filter }: WorkflowFilter) {
  return { ...filter, ...(failing && { failing: true }) };
}
