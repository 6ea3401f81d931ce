import type { ListAuditEventsData, Outcome } from "@/api/generated";
import { bothWays, idParam, readListFilter, type ListFilter, type ListKind, type SortOf } from "@/lib/list/address";
import { textParam, wordParam } from "@/lib/search-params";
import { OUTCOMES } from "./outcomes";

export type AuditSort = SortOf<ListAuditEventsData>;
const SORTS: readonly AuditSort[] = bothWays("occurred_at");

/** What the address says where renewals are shown. */
export type Renewals = "shown";
export const RENEWAL = "session.renewed";

export interface AuditFilter extends ListFilter<never, AuditSort> {
  actor?: string | undefined;
  action?: string | undefined;
  outcome?: Outcome | undefined;
  /** Renewals of sessions are hidden unless asked for: there is one for every few minutes of each open browser. */
  renewals?: Renewals | undefined;
  /** The entry that is open beside the list. */
  event?: string | undefined;
}

const KIND: ListKind<never, AuditSort> = { sorts: SORTS, takes: ["q", "org_id", "days"] };

/** Reads the filter of the audit log from its address; what it does not know is left out. */
export function readAuditFilter(search: Record<string, unknown>): AuditFilter {
  return { ...readListFilter(search, KIND), actor: textParam(search.actor), action: textParam(search.action), outcome: wordParam(search.outcome, OUTCOMES), renewals: wordParam(search.renewals, ["shown"]), event: idParam(search.event) };
}

/** Gives the filter of the list, whatever entry is open beside it. */
export function listOf({ ...filter }: AuditFilter): Omit<AuditFilter, "event"> {
  delete filter.event;
  return filter;
}

/** Gives the filter as the operations take it. */
export function askedOf(asked: AuditFilter) {
  const { renewals, ...filter } = listOf(asked);
  return renewals === "shown" || filter.action === RENEWAL ? filter : { ...filter, exclude_action: RENEWAL };
}
