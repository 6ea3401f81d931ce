import { createFileRoute, useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { AuditPage } from "@/features/audit/audit-page";
import { listOf, readAuditFilter, type AuditFilter } from "@/features/audit/list";
import { auditListOptions } from "@/features/audit/queries";
import type { Place } from "@/lib/list/paging";
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
  const { history } = useRouter();
  // The entry is a step of its own: Back closes it. What is open beside the list does not move it.
  const onShow = useCallback(
    (event: string | undefined, place?: Place) => {
      const { isBesideList } = history.location.state;
      if (event === undefined && isBesideList) {
        history.back();
        return;
      }
      const isOpen = history.location.search.includes("event=");
      void navigate({ search: (search) => ({ ...search, ...(place && { page: place.page, cursor: place.cursor }), event }), replace: isOpen, resetScroll: false, state: { isBesideList: isOpen ? isBesideList : true } });
    },
    [navigate, history],
  );
  return (
    <Gate permission="audit:read">
      <AuditPage filter={filter} onFilter={onFilter} onShow={onShow} />
    </Gate>
  );
}
