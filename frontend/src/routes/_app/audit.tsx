import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { AuditPage } from "@/features/audit/audit-page";
import { OUTCOMES } from "@/features/audit/outcomes";
import { auditListOptions, type AuditFilter } from "@/features/audit/queries";
import { Gate } from "@/lib/session/gate";
import { dayParam, pageParam, textParam, wordParam } from "@/lib/search-params";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/audit")({
  validateSearch: (search): AuditFilter => ({
    q: textParam(search.q),
    actor: textParam(search.actor),
    org_id: textParam(search.org_id),
    action: textParam(search.action),
    outcome: wordParam(search.outcome, OUTCOMES),
    from: dayParam(search.from),
    to: dayParam(search.to),
    page: pageParam(search.page),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => warm(context.queryClient, auditListOptions(deps)),
  component: Audit,
});

function Audit() {
  const filter = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  const onFilter = useCallback((search: AuditFilter) => void navigate({ search, replace: true }), [navigate]);
  return (
    <Gate permission="audit:read">
      <AuditPage filter={filter} onFilter={onFilter} />
    </Gate>
  );
}
