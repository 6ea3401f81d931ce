import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { readLetterFilter } from "@/features/system/list";
import { systemOptions } from "@/features/system/queries";
import { SystemPage } from "@/features/system/system-page";
import { Gate } from "@/lib/session/gate";
import { useCan } from "@/lib/session/me";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/admin/system")({
  validateSearch: readLetterFilter,
  loader: ({ context }) => warm(context.queryClient, systemOptions()),
  component: System,
});

function System() {
  const filter = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  const canRevive = useCan("system:operate");
  return (
    <Gate permission="system:read">
      <SystemPage filter={filter} onFilter={(search) => void navigate({ search, replace: true })} canRevive={canRevive} />
    </Gate>
  );
}
