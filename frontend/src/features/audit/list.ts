import type { ListAuditEventsData, Outcome } from "@/api/generated";
import { bothWays, readListFilter, type ListFilter, type ListKind, type SortOf } from "@/lib/list/address";
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
  /** The ID of the entry that is open beside the list, as the address says it. */
  event?: string | undefined;
}

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** What is open was opened from the list behind it, which the step back leads to. */
    isBesideList?: boolean | undefined;
  }
}

const KIND: ListKind<never, AuditSort> = { sorts: SORTS, takes: ["q", "org_id", "days"] };

/** Reads the filter of the audit log from its address; what it does not know is left out. */
export function readAuditFilter(search: Record<string, unknown>): AuditFilter {
  return { ...readListFilter(search, KIND), actor: textParam(search.actor), action: textParam(search.action), outcome: wordParam(textParam(search.outcome)?.toUpperCase(), OUTCOMES), renewals: wordParam(search.renewals, ["shown"]), event: textParam(search.event) };
}

/** Gives the filter of the list, whatever entry is open beside it. */
export function listOf({ ...filter }: AuditFilter): Omit<AuditFilter, "event"> {
  delete filter.event;
  return filter;
}

/** Gives the filter as the operations take it. */
export function askedOf(asked: AuditFilter) {
  const { renewals, ...filter } = listOf(asked);
  return renewals === "shown" || asksForRenewals(filter) ? filter : { ...filter, exclude_action: RENEWAL };
}

/** Says whether renewals are what is looked for: by their code, or by how one of its words begins. */
export function asksForRenewals({ action, q }: Pick<AuditFilter, "action" | "q">): boolean {
  const words = q?.trim().toLowerCase() ?? "";
  return action === RENEWAL || (/^(session|renew)/.test(words) && RENEWAL.includes(words));
}
