import { createFileRoute, useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { AuditPage } from "@/features/audit/audit-page";
import { listOf, readAuditFilter, type AuditFilter } from "@/features/audit/list";
import { auditListOptions } from "@/features/audit/queries";
import type { Place } from "@/lib/list/place";
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
  const router = useRouter();
  // The entry that a row opens is a step of its own: Back closes it. The next one beside it takes its place.
  const onShow = useCallback(
    (event: string | undefined, place?: Place) => {
      const { search: asked, state: { isBesideList } } = router.state.location;
      // It was closed while the next page was on its way.
      if (!("event" in asked)) return;
      if (event === undefined && isBesideList) router.history.back();
      else void navigate({ search: (search) => ({ ...search, ...(place && { page: place.page, cursor: place.cursor }), event }), replace: true, resetScroll: false, state: { isBesideList } });
    },
    [navigate, router],
  );
  return (
    <Gate permission="audit:read">
      <AuditPage filter={filter} onFilter={onFilter} onShow={onShow} />
    </Gate>
  );
}
