import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { ADMIN_TABS, type AdminTab } from "@/features/workflows/tabs";
import { WorkflowsAdminPage } from "@/features/workflows/workflows-admin-page";
import { Gate } from "@/lib/session/gate";
import { wordParam } from "@/lib/search-params";

export const Route = createFileRoute("/_app/admin/workflows")({
  validateSearch: (search): { tab?: AdminTab | undefined } => ({ tab: wordParam(search.tab, ADMIN_TABS) }),
  component: Workflows,
});

function Workflows() {
  const { tab = "deployed" } = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  return (
    <Gate permission="workflow_templates:manage">
      <WorkflowsAdminPage tab={tab} onTab={(next) => void navigate({ search: { tab: next === "deployed" ? undefined : next }, replace: true })} />
    </Gate>
  );
}
