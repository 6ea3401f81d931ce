import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { AuditPage } from "@/features/audit/audit-page";
import { listOf, readAuditFilter, type AuditFilter } from "@/features/audit/list";
import { auditListOptions } from "@/features/audit/queries";
import { Gate } from "@/lib/session/gate";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/audit")({
  validateSearch: readAuditFilter,
  loaderDeps: ({ search }) => listOf(search),
  loader: ({ context, deps }) => warm(context.queryClient, auditListOptions(deps)),
  component: Audit,
});

function Audit() {
  const filter = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  const onFilter = useCallback((search: AuditFilter) => void navigate({ search, replace: true }), [navigate]);
  // What is open beside the list does not move it.
  const onShow = useCallback((event: string | undefined) => void navigate({ search: (search) => ({ ...search, event }), replace: true, resetScroll: false }), [navigate]);
  return (
    <Gate permission="audit:read">
      <AuditPage filter={filter} onFilter={onFilter} onShow={onShow} />
    </Gate>
  );
}
