import { keepPreviousData } from "@tanstack/react-query";
import { listAuditEventsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { listQuery } from "@/lib/list/address";
import { askedOf, type AuditFilter } from "./list";

/** How to ask for a page of audit events. */
export function auditListOptions(filter: AuditFilter) {
  return { ...listAuditEventsOptions({ query: { ...listQuery(askedOf(filter)), limit: 50 } }), placeholderData: keepPreviousData };
}
