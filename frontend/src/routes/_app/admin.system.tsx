import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { systemOptions } from "@/features/system/queries";
import { SystemPage } from "@/features/system/system-page";
import { Gate } from "@/lib/session/gate";
import { useCan } from "@/lib/session/me";
import { pageParam } from "@/lib/search-params";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/admin/system")({
  validateSearch: (search): { page?: number | undefined } => ({ page: pageParam(search.page) }),
  loader: ({ context }) => warm(context.queryClient, systemOptions()),
  component: System,
});

function System() {
  const { page } = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  const canRevive = useCan("system:operate");
  return (
    <Gate permission="system:read">
      <SystemPage page={page} onPage={(next) => void navigate({ search: { page: next }, replace: true })} canRevive={canRevive} />
    </Gate>
  );
}
