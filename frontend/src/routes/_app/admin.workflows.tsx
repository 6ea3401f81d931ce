import { createFileRoute, useNavigate } from "@tanstack/react-router";
import type { WorkflowFilter } from "@/features/workflows/queries";
import { WORKFLOW_STATUS_ORDER } from "@/features/workflows/statuses";
import { ADMIN_TABS, type AdminTab } from "@/features/workflows/tabs";
import { WorkflowsAdminPage } from "@/features/workflows/workflows-admin-page";
import { Gate } from "@/lib/session/gate";
import { pageParam, wordParam } from "@/lib/search-params";

export const Route = createFileRoute("/_app/admin/workflows")({
  validateSearch: (search): WorkflowFilter & { tab?: AdminTab | undefined } => ({
    tab: wordParam(search.tab, ADMIN_TABS),
    status: wordParam(search.status, WORKFLOW_STATUS_ORDER),
    page: pageParam(search.page),
  }),
  component: Workflows,
});

function Workflows() {
  const { tab = "deployed", ...filter } = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  return (
    <Gate permission="workflow_templates:manage">
      <WorkflowsAdminPage
        tab={tab}
        onTab={(next) => void navigate({ search: { tab: next === "deployed" ? undefined : next }, replace: true })}
        filter={filter}
        onFilter={(search) => void navigate({ search, replace: true })}
      />
    </Gate>
  );
}
