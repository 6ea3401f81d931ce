import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { readWorkflowFilter, type WorkflowFilter } from "@/features/workflows/lists";
import { ADMIN_TABS, type AdminTab } from "@/features/workflows/tabs";
import { WorkflowsAdminPage } from "@/features/workflows/workflows-admin-page";
import { Gate } from "@/lib/session/gate";
import { wordParam } from "@/lib/search-params";

export const Route = createFileRoute("/_app/admin/workflows")({
  validateSearch: (search): WorkflowFilter & { tab?: AdminTab | undefined } => {
    const tab = wordParam(search.tab, ADMIN_TABS);
    return { tab, ...readWorkflowFilter(search, tab ?? "deployed") };
  },
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
        onFilter={(search) => void navigate({ search: { ...search, tab: tab === "deployed" ? undefined : tab }, replace: true })}
      />
    </Gate>
  );
}
