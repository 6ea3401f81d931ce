import { keepPreviousData } from "@tanstack/react-query";
import type { ListAuditEventsData, Outcome } from "@/api/generated";
import { listAuditEventsOptions } from "@/api/generated/@tanstack/react-query.gen";

/** What the address holds; days as the reader writes them. */
export interface AuditFilter {
  q?: string | undefined;
  actor?: string | undefined;
  org_id?: string | undefined;
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
    to: to ? dayAfter(to).toISOString() : undefined,
  };
}

/** Gives the midnight that ends a day: by the calendar, since a day of the clock change has 23 or 25 hours. */
function dayAfter(day: string): Date {
  const midnight = new Date(`${day}T00:00:00`);
  midnight.setDate(midnight.getDate() + 1);
  return midnight;
}

/** How to ask for a page of audit events. */
export function auditListOptions(filter: AuditFilter) {
  return { ...listAuditEventsOptions({ query: { ...auditQuery(filter), limit: 50 } }), placeholderData: keepPreviousData };
}
