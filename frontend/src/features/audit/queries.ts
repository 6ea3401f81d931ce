import { keepPreviousData } from "@tanstack/react-query";
import type { ListAuditEventsData, Outcome } from "@/api/generated";
import { listAuditEventsOptions } from "@/api/generated/@tanstack/react-query.gen";

/** What the address holds; days as the reader writes them. */
export interface AuditFilter {
  q?: string | undefined;
  action?: string | undefined;
  outcome?: Outcome | undefined;
  from?: string | undefined;
  to?: string | undefined;
  page?: number | undefined;
}

/** Gives the query of a filter: days begin and end where the reader is. */
export function auditQuery({ from, to, ...filter }: AuditFilter): NonNullable<ListAuditEventsData["query"]> {
  return {
    ...filter,
    from: from ? new Date(`${from}T00:00:00`).toISOString() : undefined,
    to: to ? new Date(new Date(`${to}T00:00:00`).getTime() + 86_400_000).toISOString() : undefined,
  };
}

/** How to ask for a page of audit events. */
export function auditListOptions(filter: AuditFilter) {
  return { ...listAuditEventsOptions({ query: { ...auditQuery(filter), limit: 50 } }), placeholderData: keepPreviousData };
}
