import type { ListAuditEventsData, Outcome } from "@/api/generated";
import { bothWays, readListFilter, type ListFilter, type ListKind, type SortOf } from "@/lib/list/address";
import { textParam, wordParam } from "@/lib/search-params";
import { OUTCOMES } from "./outcomes";

export type AuditSort = SortOf<ListAuditEventsData>;
const SORTS: readonly AuditSort[] = bothWays("occurred_at");

export interface AuditFilter extends ListFilter<never, AuditSort> {
  actor?: string | undefined;
  action?: string | undefined;
  outcome?: Outcome | undefined;
}

const KIND: ListKind<never, AuditSort> = { sorts: SORTS, takes: ["q", "org_id", "days"] };

/** Reads the filter of the audit log from its address; what it does not know is left out. */
export function readAuditFilter(search: Record<string, unknown>): AuditFilter {
  return { ...readListFilter(search, KIND), actor: textParam(search.actor), action: textParam(search.action), outcome: wordParam(search.outcome, OUTCOMES) };
}
